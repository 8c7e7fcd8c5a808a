using EPerfect.Launcher.Infrastructure;
using EPerfect.Launcher.Output;
using EPerfect.Launcher.Partners;
using EPerfect.Launcher.Running;

namespace EPerfect.Launcher.Commands;

/// <summary>deploy/partner: a partner's developer begins.</summary>
internal static class Partner
{
    public const string Usage =
        """
        deploy/partner "COMPANY"    a partner that hears of synthetic people: registers it, has two approve it, lets a program in
        """;

    public static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        var arguments = Arguments.Parse(words);
        if (arguments.Help || arguments.Rest is not [{ Length: > 0 } company])
        {
            Console.WriteLine(Usage);
            return arguments.Help ? 0 : 1;
        }

        var checkout = Checkout.Find();
        var platform = new Platform(checkout, new Home(checkout.LocalFolder));
        if (platform.Parts.Any(part => part.Running is null))
            throw new LaunchException("The platform does not run here; deploy/up --detach starts it");
        using var interrupt = new Interrupt();
        PartnerCredentials? credentials = null;
        await Screen.ShowAsync(async steps => credentials = await StepsAsync(platform, company, steps, interrupt.Token));
        Show(platform, company, credentials!);
        return 0;
    }

    private static async Task<PartnerCredentials> StepsAsync(
        Platform platform, string company, ISteps steps, CancellationToken ct)
    {
        Staff? staff = null;
        try
        {
            await steps.RunAsync("Sign staff in", async () =>
            {
                await platform.BuildAsync(ct);
                staff = await Staff.SignInAsync(platform, ct);
                return "an operator, a privacy officer, a lawyer";
            });
            var partner = new SandboxPartner(platform, staff!, company);
            var (id, credentials) = ("", (PartnerCredentials?)null);
            await steps.RunAsync("Register", async () => id = await partner.RegisterAsync(ct));
            await steps.RunAsync("Let a program in", async () => (credentials = await partner.LetInAsync(id, ct)).ClientId);
            await steps.RunAsync("Agree", async () =>
            {
                await partner.AgreeAsync(id, ct);
                return "approved by two";
            });
            await steps.RunAsync("Try it", async () =>
            {
                await partner.TryAsync(credentials!, ct);
                return "a test event, and a synthetic person to whom something happened";
            });
            return credentials!;
        }
        finally
        {
            staff?.Dispose();
        }
    }

    private static void Show(Platform platform, string company, PartnerCredentials credentials) => Console.WriteLine(
        $"""

        {company} is a partner in sandbox mode. The secret and the key are shown now and never again:

          export EPERFECT={platform.Address.ToString().TrimEnd('/')}
          export CLIENT_ID={credentials.ClientId}
          export CLIENT_SECRET={credentials.ClientSecret}
          export PARTNER_KEY='{credentials.Key}'

        Take the feed, in the language that you like:

          cd contracts/partners/samples/node && npm ci && node pull.mjs
          cd contracts/partners/samples/python && python3 pull.py
          cd contracts/partners/samples/csharp && dotnet run Pull.cs

        Webhooks, a queue, and all else: contracts/partners/README.md
        The operator of this platform is this launcher now: .local/secrets/staff-* lets it in.
        """);
}
