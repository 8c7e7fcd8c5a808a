using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CsCheck;
using EPerfect.Privacy.Partners.Webhooks.Posting;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>Nothing is posted to where only our own machines get (server-side request forgery): judged when the partner
/// says where, and again at each connection.</summary>
public sealed class RefusingTargets(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private static readonly Gen<IPAddress> Reserved = Gen.OneOf(
        Within("0.0.0.0/8"), Within("10.0.0.0/8"), Within("100.64.0.0/10"), Within("127.0.0.0/8"), Within("169.254.0.0/16"),
        Within("172.16.0.0/12"), Within("192.0.0.0/24"), Within("192.168.0.0/16"), Within("198.18.0.0/15"),
        Within("224.0.0.0/4"), Within("240.0.0.0/4"));

    [Fact]
    public void No_private_local_or_reserved_address_is_public_however_it_is_written() => Reserved.Sample(address =>
    {
        PublicAddresses.Contains(address).ShouldBeFalse($"{address}");
        PublicAddresses.Contains(address.MapToIPv6()).ShouldBeFalse($"{address}, mapped");
        var v4 = address.GetAddressBytes();
        foreach (var prefix in new[] { "64:ff9b::", "64:ff9b:1::", "::", "::ffff:0:0" })
            PublicAddresses.Contains(Embedded(prefix, v4, at: 12)).ShouldBeFalse($"{address}, within {prefix}");
        PublicAddresses.Contains(Embedded("2002::", v4, at: 2)).ShouldBeFalse($"{address}, by 6to4");
        PublicAddresses.Contains(Embedded("2001::", v4, at: 12)).ShouldBeFalse($"{address}, by Teredo");
    });

    [Fact]
    public void No_address_outside_of_global_unicast_is_public() => Gen.Byte.Array[16].Sample(bytes =>
    {
        if ((bytes[0] & 0xe0) == 0x20) bytes[0] ^= 0x80;
        var address = new IPAddress(bytes);
        if (!address.IsIPv4MappedToIPv6) PublicAddresses.Contains(address).ShouldBeFalse($"{address}");
    });

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("100.100.100.200")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("fc00::1")]
    [InlineData("ff02::1")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("2001:db8::1")]
    [InlineData("3fff::1")]
    public void Metadata_of_clouds_and_the_like_is_not_public(string address) =>
        PublicAddresses.Contains(IPAddress.Parse(address)).ShouldBeFalse();

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("93.184.215.14")]
    [InlineData("172.32.0.1")]
    [InlineData("192.0.1.1")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2a00:1450:4001:80b::200e")]
    [InlineData("::ffff:1.1.1.1")]
    public void The_rest_of_the_Internet_is(string address) =>
        PublicAddresses.Contains(IPAddress.Parse(address)).ShouldBeTrue();

    [Theory]
    [InlineData("http://partner.example/", "webhook-url-not-https")]
    [InlineData("ftp://partner.example/", "webhook-url-not-https")]
    [InlineData("https://user:word@partner.example/", "webhook-url-invalid")]
    [InlineData("https://partner.example:22/", "webhook-url-invalid")]
    [InlineData("https://partner.example/#here", "webhook-url-invalid")]
    [InlineData("https://partner.example/a b", "webhook-url-invalid")]
    [InlineData("https:\\\\partner.example", "webhook-url-invalid")]
    [InlineData("/events", "webhook-url-invalid")]
    [InlineData("file:///etc/passwd", "webhook-url-invalid")]
    [InlineData("https://nowhere.example/", "webhook-url-unresolved")]
    [InlineData("https://private.example/", "webhook-url-not-public")]
    [InlineData("https://half.example/", "webhook-url-not-public")]
    [InlineData("https://127.0.0.1/", "webhook-url-not-public")]
    [InlineData("https://2130706433/", "webhook-url-not-public")]
    [InlineData("https://0x7f.1/", "webhook-url-not-public")]
    [InlineData("https://[::1]/", "webhook-url-not-public")]
    [InlineData("https://[::ffff:10.0.0.1]/", "webhook-url-not-public")]
    [InlineData("https://[64:ff9b::a00:1]/", "webhook-url-not-public")]
    [InlineData("https://localhost/", "webhook-url-not-public")]
    [InlineData("https://partner.example/events?from=eperfect", null)]
    [InlineData("https://partner.example:8443/", null)]
    [InlineData("https://93.184.215.14/", null)]
    public async Task Where_may_be_posted_to(string url, string? code) =>
        (await new WebhookTargets(new Names(), new WebhookOptions()).WhyNotAsync(url, Token))?.Code.ShouldBe(code);

    [Fact]
    public async Task A_partner_is_refused_by_name_and_nothing_changes()
    {
        await using var privacy = await WebhookService.StartAsync(postgres, options: new(), names: new Names());
        using var program = await privacy.PartnerProgramAsync();

        var answer = await program.PutAsync(WebhookSteps.Webhook, new { url = "https://private.example/" });

        ((int)answer.StatusCode, await answer.ProblemCodeAsync()).ShouldBe((422, "webhook-url-not-public"));
        (await program.GetAsync(WebhookSteps.Webhook, Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_name_that_leads_home_when_it_comes_to_posting_is_not_followed()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var port = new Uri(receiver.Url).Port;
        var names = new Names();
        await using var privacy = await WebhookService.StartAsync(postgres, options: new(), names: names);
        using var program = await privacy.PartnerProgramAsync();
        (await program.PutAsync(WebhookSteps.Webhook, new { url = "https://rebound.example/" })).EnsureSuccessStatusCode();
        names.Known["rebound.example"] = ["127.0.0.1"];
        await program.MakeSecretAsync();
        await privacy.OrderedAsync(await privacy.ConsentingAsync());

        await program.HasFailedAsync();

        ((string)(await program.AttemptsAsync())[0]!["outcome"]!).ShouldBe("address-not-public");
        receiver.Got.ShouldBeEmpty();
        using var client = new WebhookClient(new WebhookTargets(names, new()), new(), TimeProvider.System);
        var answer = await client.PostAsync($"http://rebound.example:{port}/", [], [1], Token);
        (answer.Outcome, receiver.Got.Count).ShouldBe(("address-not-public", 0));
    }

    [Fact]
    public async Task Over_https_the_certificate_must_be_one_that_counts()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), password: null);
        await using var receiver = await WebhookReceiver.StartAsync(certificate);
        var url = receiver.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        var targets = new WebhookTargets(new HostNames(), WebhookService.Loopback);

        using var stranger = new WebhookClient(targets, WebhookService.Loopback, TimeProvider.System);
        (await stranger.PostAsync(url, [("webhook-id", $"{Guid.NewGuid()}")], [1], Token)).Outcome
            .ShouldBe("certificate-invalid");
        receiver.Got.ShouldBeEmpty();

        var trusting = WebhookService.Loopback with { Authorities = [certificate] };
        using var friend = new WebhookClient(targets, trusting, TimeProvider.System);
        (await friend.PostAsync(url, [("webhook-id", $"{Guid.NewGuid()}")], [1], Token)).Status.ShouldBe(204);
        receiver.Got.Count.ShouldBe(1);
    }

    private static Gen<IPAddress> Within(string network)
    {
        var parsed = IPNetwork.Parse(network);
        var first = BitConverter.ToUInt32([.. parsed.BaseAddress.GetAddressBytes().Reverse()]);
        var most = uint.MaxValue >> parsed.PrefixLength;
        return Gen.UInt[0, most].Select(offset =>
            new IPAddress((byte[])[.. BitConverter.GetBytes(first + offset).Reverse()]));
    }

    private static IPAddress Embedded(string prefix, byte[] v4, int at)
    {
        var bytes = IPAddress.Parse(prefix).GetAddressBytes();
        v4.CopyTo(bytes, at);
        return new IPAddress(bytes);
    }

    private sealed class Names : IHostNames
    {
        public ConcurrentDictionary<string, string[]> Known { get; } = new(StringComparer.Ordinal)
        {
            ["partner.example"] = ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"],
            ["rebound.example"] = ["93.184.215.14"],
            ["private.example"] = ["10.1.2.3"],
            ["half.example"] = ["93.184.215.14", "fe80::1"],
            ["localhost"] = ["127.0.0.1", "::1"],
        };

        public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
            IPAddress.TryParse(host, out var address) ? Task.FromResult<IPAddress[]>([address])
            : Known.TryGetValue(host, out var found) ? Task.FromResult<IPAddress[]>([.. found.Select(IPAddress.Parse)])
            : throw new SocketException((int)SocketError.HostNotFound);
    }
}
