using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EPerfect.Testing;

namespace EPerfect.Gateway.Tests;

/// <summary>The gateway as in production: a certificate of its own, and http that leads to https.</summary>
public sealed class HttpsTests : IAsyncLifetime
{
    private const string Name = "gateway.example";
    private const string Password = "only for this test";
    private readonly string file = Path.Combine(Path.GetTempPath(), $"eperfect-{Guid.NewGuid():N}.pfx");
    private RunningGateway gateway = null!;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllBytesAsync(file, MakeCertificate());
        gateway = await RunningGateway.StartAsync(
            [],
            [
                $"--Identity:Issuer=https://{Name}:8443/",
                "--Https:Required=true",
                "--Https:Port=8443",
                "--Kestrel:Endpoints:Https:Url=https://127.0.0.1:0",
                $"--Kestrel:Endpoints:Https:Certificate:Path={file}",
                $"--Kestrel:Endpoints:Https:Certificate:Password={Password}",
                "--Kestrel:Endpoints:Plain:Url=http://127.0.0.1:0",
            ]);
    }

    public async ValueTask DisposeAsync()
    {
        await gateway.DisposeAsync();
        File.Delete(file);
    }

    [Theory, Control("S21", "M8")]
    [InlineData("/problems")]
    [InlineData("/nowhere")]
    [InlineData("/api/orders/catalogue")]
    public async Task Over_https_browsers_are_told_to_come_so_always(string target)
    {
        using var client = Https();

        var answer = await client.GetAsync(target);

        answer.Headers.GetValues("Strict-Transport-Security").ShouldBe(["max-age=31536000"]);
    }

    [Theory, Control("S21", "M8")]
    [InlineData("GET", "/problems?a=b%2F")]
    [InlineData("GET", "/connect/authorize?client_id=shop")]
    public async Task Over_http_nothing_is_answered_but_where_to_go(string method, string target)
    {
        using var client = Plain();
        using var request = new HttpRequestMessage(new HttpMethod(method), target);

        var answer = await client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.PermanentRedirect);
        answer.Headers.Location!.OriginalString.ShouldBe($"https://{Name}:8443{target}");
        answer.Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
        (await answer.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    [Theory, Control("S21")]
    [InlineData("POST", "/connect/token", null)]
    [InlineData("GET", "/api/orders", "Bearer secret")]
    public async Task A_program_that_comes_over_http_hears_of_it(string method, string target, string? authorization)
    {
        using var client = Plain();
        using var request = new HttpRequestMessage(new HttpMethod(method), target);
        if (authorization is not null) request.Headers.Add("Authorization", authorization);

        var answer = await client.SendAsync(request);

        (answer.StatusCode, await answer.ProblemCodeAsync()).ShouldBe((HttpStatusCode.BadRequest, "https-required"));
        answer.Headers.Location.ShouldBeNull();
    }

    [Fact]
    public async Task Whatever_host_a_client_names_it_is_sent_to_ours()
    {
        using var client = Plain();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/problems") { Headers = { Host = "evil.example" } };

        var answer = await client.SendAsync(request);

        answer.Headers.Location!.Host.ShouldBe(Name);
    }

    [Fact]
    public async Task A_probe_may_come_over_http()
    {
        using var client = Plain();

        (await client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Outdated_encryption_is_not_spoken()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, PortOf("https"));
        await using var stream = new SslStream(socket.GetStream());
        var outdated = new SslClientAuthenticationOptions
        {
            TargetHost = Name,
#pragma warning disable SYSLIB0039, CA5397 // What must not be spoken has to be tried.
            EnabledSslProtocols = SslProtocols.Tls11,
#pragma warning restore SYSLIB0039, CA5397
        };

        await Should.ThrowAsync<Exception>(() => stream.AuthenticateAsClientAsync(outdated));
    }

    private static byte[] MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Name);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return certificate.Export(X509ContentType.Pfx, Password);
    }

    private int PortOf(string scheme) => gateway.Addresses.Single(address => address.Scheme == scheme).Port;

    private HttpClient Plain() => Client("http", new SslClientAuthenticationOptions());

    /// <summary>Trusts the one certificate that was made here, under its name, and no other.</summary>
    private HttpClient Https()
    {
        var trusted = X509CertificateLoader.LoadPkcs12FromFile(file, Password);
        return Client("https", new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { trusted },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        });
    }

    private HttpClient Client(string scheme, SslClientAuthenticationOptions ssl) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        SslOptions = ssl,
        ConnectCallback = async (_, token) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, PortOf(scheme), token);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri($"{scheme}://{Name}"),
    };
}
