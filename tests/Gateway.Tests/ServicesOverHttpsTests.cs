using System.Security.Cryptography.X509Certificates;
using EPerfect.Testing;

namespace EPerfect.Gateway.Tests;

/// <summary>Where gateway and services are not on one machine, what passes between them is encrypted, and the gateway knows
/// whom it talks to: certificates of an authority of our own (OWASP ASVS 12.3.3, 12.3.4).</summary>
public sealed class ServicesOverHttpsTests : IDisposable
{
    private const string Host = "127.0.0.1";
    private readonly TestAuthority ours = new();
    private readonly TestAuthority theirs = new();
    private readonly DirectoryInfo files = Directory.CreateTempSubdirectory("eperfect-https-");

    public void Dispose()
    {
        ours.Dispose();
        theirs.Dispose();
        files.Delete(recursive: true);
    }

    [Fact, Control("S21")]
    public async Task A_service_that_our_authority_vouches_for_is_probed_and_served()
    {
        await using var orders = await StartAsync(ours, Host);
        await using var gateway = await StartAsync(orders, $"--Services:Authorities={ours.File}");

        orders.Address.Scheme.ShouldBe("https");
        await gateway.UntilAsync("orders", "a", "Healthy");
        (await gateway.Client.GetStringAsync("/api/orders/1")).ShouldBe("orders");
    }

    [Theory, Control("S21")]
    [InlineData("another authority")]
    [InlineData("another name")]
    [InlineData("over")]
    [InlineData("none is named")]
    public async Task Any_other_gets_nothing_to_see(string what)
    {
        await using var orders = await StartAsync(
            what == "another authority" ? theirs : ours,
            what == "another name" ? "orders.example" : Host,
            isOver: what == "over");
        await using var gateway = await StartAsync(
            orders, what == "none is named" ? "--Services:Authorities=" : $"--Services:Authorities={ours.File}");

        await (await gateway.Client.GetAsync("/api/orders/1")).ShouldBeUnavailableAsync();
        orders.Arrivals.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_without_a_certificate_ends_the_start()
    {
        var empty = Path.Combine(files.FullName, "empty");
        await File.WriteAllTextAsync(empty, "");

        var failure = await Should.ThrowAsync<InvalidOperationException>(
            () => RunningGateway.StartAsync([], [$"--Services:Authorities={empty}"]));

        failure.Message.ShouldContain(empty);
    }

    /// <summary>With the settings that Kestrel reads, as a service in production would.</summary>
    private async Task<Backend> StartAsync(TestAuthority authority, string host, bool isOver = false)
    {
        using var certificate = authority.Issue(host, isOver);
        using var key = certificate.GetRSAPrivateKey()!;
        var (pem, secret) = (Path.Combine(files.FullName, "orders.pem"), Path.Combine(files.FullName, "orders.key"));
        await File.WriteAllTextAsync(pem, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(secret, key.ExportPkcs8PrivateKeyPem());
        return await Backend.StartAsync(
            "orders", 0,
            "--Kestrel:Endpoints:Https:Url=https://127.0.0.1:0",
            $"--Kestrel:Endpoints:Https:Certificate:Path={pem}",
            $"--Kestrel:Endpoints:Https:Certificate:KeyPath={secret}");
    }

    private static Task<RunningGateway> StartAsync(Backend orders, string setting) =>
        RunningGateway.StartAsync([("orders", orders.Address)], [setting]);
}
