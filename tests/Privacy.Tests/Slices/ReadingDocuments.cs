using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using EPerfect.Privacy.Documents;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Slices;

public sealed class ReadingDocuments(PrivacyService privacy) : IClassFixture<PrivacyService>
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds => [.. DocumentKind.All];

    [Theory, MemberData(nameof(Kinds)), Control("nav-terms-of-service", "nav-copyright")]
    public async Task A_version_is_served_byte_for_byte_and_its_tag_is_its_hash(string kind)
    {
        var shipped = ShippedTexts.Read().All.Single(text => text.Kind == kind && text.Version == 1);

        var answer = await privacy.Client.GetAsync($"/api/privacy/documents/{kind}/versions/1", Token);

        var bytes = await answer.Content.ReadAsByteArrayAsync(Token);
        bytes.ShouldBe(shipped.Content);
        answer.Headers.ETag!.Tag.ShouldBe($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\"");
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; charset=utf-8");
        answer.Headers.GetValues("Cache-Control").ShouldBe(["public, max-age=31536000, immutable"]);
    }

    [Fact]
    public async Task The_privacy_policy_is_the_published_one()
    {
        var bytes = await privacy.Client.GetByteArrayAsync("/api/privacy/documents/privacy-policy/current", Token);
        Convert.ToHexStringLower(SHA256.HashData(bytes))
            .ShouldBe("d3ceed4b14f32650413adcab7db9a16849e770c3570992fe790058dc2fecf70a");
    }

    [Fact]
    public async Task Who_has_it_is_not_sent_it_again()
    {
        const string path = "/api/privacy/documents/privacy-policy/versions/1";
        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add((await privacy.Client.GetAsync(path, Token)).Headers.ETag!);
        (await privacy.Client.SendAsync(again, Token)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task What_is_in_force_now_names_its_version_and_may_change()
    {
        var answer = await privacy.Client.GetAsync("/api/privacy/documents/uce-policy/current", Token);
        answer.Content.Headers.ContentLocation!.OriginalString.ShouldBe("/api/privacy/documents/uce-policy/versions/1");
        answer.Headers.CacheControl.ShouldBe(new CacheControlHeaderValue { NoCache = true });
    }

    [Fact, Control("nav-breadcrumb")]
    public async Task The_set_in_force_holds_every_document_by_its_hash()
    {
        var set = await privacy.ReadAsync("/api/privacy/policy-sets/current");

        set["policySet"]!.GetValue<int>().ShouldBe(1);
        var members = set["documents"]!.AsArray();
        members.Select(member => member!["document"]!.GetValue<string>()).ShouldBe(DocumentKind.All, ignoreOrder: true);
        foreach (var member in members)
        {
            var bytes = await privacy.Client.GetByteArrayAsync(member!["href"]!.GetValue<string>(), Token);
            Convert.ToHexStringLower(SHA256.HashData(bytes)).ShouldBe(member["sha256"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task The_list_links_to_every_version()
    {
        var documents = (await privacy.ReadAsync("/api/privacy/documents"))["documents"]!.AsArray();
        documents.Count.ShouldBe(DocumentKind.All.Count);
        foreach (var version in documents.SelectMany(document => document!["versions"]!.AsArray()))
        {
            (await privacy.Client.GetAsync(version!["href"]!.GetValue<string>(), Token)).StatusCode
                .ShouldBe(HttpStatusCode.OK);
        }
    }

    [Theory, Control("nav-copyright")]
    [InlineData("/api/privacy/documents/privacy-policy/versions/2")]
    [InlineData("/api/privacy/documents/privacy-policy/versions/0")]
    [InlineData("/api/privacy/documents/privacy-policy/versions/one")]
    [InlineData("/api/privacy/documents/cookie-policy/versions/1")]
    [InlineData("/api/privacy/documents/cookie-policy/current")]
    [InlineData("/api/privacy/policy-sets/1000")]
    public async Task What_never_was_is_not_found(string path)
    {
        var answer = await privacy.Client.GetAsync(path, Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.ProblemCodeAsync()).ShouldBe("not-found");
    }
}
