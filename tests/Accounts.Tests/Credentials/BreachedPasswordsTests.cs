using System.Security.Cryptography;
using System.Text;
using EPerfect.Accounts.Credentials;
using EPerfect.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EPerfect.Accounts.Tests.Credentials;

/// <summary>Against a server that speaks the protocol of Pwned Passwords, padding included.</summary>
public sealed class BreachedPasswordsTests : IAsyncLifetime
{
    private const string Leaked = "violet teapot 61 harbour";

    private readonly CapturedLog log = new();
    private readonly List<string> asked = [];
    private WebApplication server = null!;
    private int status = 200;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.MapGet("/range/{prefix}", (string prefix, HttpRequest request) =>
        {
            asked.Add($"{prefix} padding={request.Headers["Add-Padding"]}");
            return status == 200 ? Results.Text(Range(prefix)) : Results.StatusCode(status);
        });
        await server.StartAsync();
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact, Control("S21")]
    public async Task A_leaked_password_is_known_and_the_list_learns_five_digits_of_its_hash_only()
    {
        (await List().ContainsAsync(Leaked, default)).ShouldBeTrue();

        asked.ShouldBe([$"{Hash(Leaked)[..5]} padding=true"]);
    }

    [Fact]
    public async Task Another_password_is_not() =>
        (await List().ContainsAsync("amber kettle 17 station", default)).ShouldBeFalse();

    [Fact]
    public async Task Padding_is_no_find() => (await List().ContainsAsync("padding", default)).ShouldBeFalse();

    [Fact]
    public async Task Without_a_list_nothing_is_asked()
    {
        (await List(url: "").ContainsAsync(Leaked, default)).ShouldBeFalse();

        asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_list_that_is_away_keeps_nobody_out_and_the_log_says_so_without_the_hash()
    {
        status = 503;

        (await List().ContainsAsync(Leaked, default)).ShouldBeFalse();
        (await List("http://127.0.0.1:1").ContainsAsync(Leaked, default)).ShouldBeFalse();

        string.Join("\n", log.Lines).ShouldContain("HttpRequestException: the list of leaked passwords was not asked");
        string.Join("\n", log.Lines).ShouldNotContain(Hash(Leaked)[..5]);
    }

    private BreachedPasswords List(string? url = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
            [new(BreachedPasswords.Setting, url ?? server.Urls.First())]).Build());
        services.AddLogging(logging => logging.AddProvider(log));
        BreachedPasswords.Add(services);
        return services.BuildServiceProvider().GetRequiredService<BreachedPasswords>();
    }

    private static string Range(string prefix)
    {
        string[] hashes = [Hash(Leaked), Hash("padding")];
        var lines = hashes.Where(hash => hash.StartsWith(prefix, StringComparison.Ordinal))
            .Select(hash => $"{hash[5..]}:{(hash == Hash("padding") ? 0 : 37)}");
        return string.Join("\r\n", [.. lines, $"{new string('0', 34)}1:0", $"{new string('F', 34)}A:5"]);
    }

#pragma warning disable CA5350 // The protocol's hash.
    private static string Hash(string password) => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
}
