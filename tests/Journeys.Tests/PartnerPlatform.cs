using EPerfect.Launcher.Infrastructure;
using EPerfect.Testing;

namespace EPerfect.Journeys.Tests;

/// <summary>A platform with a partner for each language. Its own: the staff that lets them in takes the first operator.</summary>
public sealed class PartnerPlatform : IAsyncLifetime
{
    public const string Another = "another";
    public const string OfCustomers = "of customers";
    private const string Pika = "/usr/lib/python3/dist-packages/pika/__init__.py";
    private const string Jwcrypto = "/usr/lib/python3/dist-packages/jwcrypto/__init__.py";
    private readonly Dictionary<string, PartnerClient> partners = new(StringComparer.Ordinal);

    public RunningPlatform Running { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Requirements.EnsureAsync(
            [
                ("python3", "python3"), (Pika, "python3-pika"), (Jwcrypto, "python3-jwcrypto"), ("node", "nodejs"),
                ("npm", "npm"),
            ],
            CancellationToken.None);
        await Running.InitializeAsync();
        string[] names = [.. SampleProgram.Languages, Another, OfCustomers];
        var made = await Running.SandboxPartnersAsync(names);
        foreach (var (name, (id, secret, key)) in names.Zip(made))
            partners.Add(name, await PartnerClient.SignInAsync(Running.Gateway, id, secret, key));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var partner in partners.Values) partner.Dispose();
        await Running.DisposeAsync();
    }

    /// <param name="name">A language, <see cref="Another"/> or <see cref="OfCustomers"/>.</param>
    internal PartnerClient PartnerOf(string name) => partners[name];
}
