using System.Net;
using System.Text.Json.Nodes;

namespace EPerfect.Domains.Tests.Rdap;

/// <summary>How RDAP is spoken over HTTP, by the codes of ICANN's conformance tool.</summary>
[Collection<RdapCollection>]
public sealed class RdapExchange(RdapAnswers rdap)
{
    private const string Known = "/rdap/domain/conforming.com";
    private const string Unknown = "/rdap/domain/nobody-has-this.com";

    [Theory]
    [InlineData(Known)]
    [InlineData(Unknown)]
    [InlineData("/rdap/domain/a%20b.com")]
    [InlineData("/rdap/help")]
    [InlineData("/rdap/nameserver/ns1.example.com")]
    public async Task Code_13000_20300_20500_every_answer_has_the_type_the_CORS_header_and_a_HEAD_alike(string path)
    {
        var get = await rdap.GetAsync(path);
        var head = await rdap.Domains.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));

        foreach (var answer in new[] { get, head })
        {
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/rdap+json");
            answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        }

        head.StatusCode.ShouldBe(get.StatusCode);
        (await head.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/rdap/domain/CONFORMING.com")]
    [InlineData("/rdap/domain/Conforming.Com.")]
    public async Task Code_10403_the_case_of_the_query_does_not_matter(string path) =>
        (await rdap.JsonAsync(path))["ldhName"]!.GetValue<string>().ShouldBe("conforming.com");

    [Theory]
    [InlineData("/rdap/domain/xn--bcher-kva.com")]
    [InlineData("/rdap/domain/b%C3%BCcher.com")]
    [InlineData("/rdap/domain/B%C3%9CCHER.com")]
    public async Task An_international_name_is_found_by_either_form(string path) =>
        (await rdap.JsonAsync(path))["ldhName"]!.GetValue<string>().ShouldBe("xn--bcher-kva.com");

    [Theory]
    [InlineData("not-a-name.invalid")] // 65300
    [InlineData("test.invalid")] // 13005, 13006
    [InlineData("nobody-has-this.com")]
    [InlineData("com")]
    public async Task Code_65300_13005_13002_what_is_not_here_is_not_found(string name) =>
        await ExpectErrorAsync($"/rdap/domain/{name}", 404, "Not Found");

    [Theory]
    [InlineData("a%20b.com")]
    [InlineData("-a.com")]
    [InlineData("a..com")]
    [InlineData("xn--zzzzzzzz.com")]
    [InlineData("%3Cscript%3E.com")]
    [InlineData("127.0.0.1")]
    public async Task Code_12107_12108_what_is_no_name_is_a_bad_request(string name) =>
        await ExpectErrorAsync($"/rdap/domain/{name}", 400, "Bad Request");

    [Theory]
    [InlineData("/rdap")]
    [InlineData("/rdap/domain")]
    [InlineData("/rdap/entity/9995")]
    [InlineData("/rdap/ip/192.0.2.1")]
    public async Task Code_12107_12108_what_this_server_does_not_answer_for_is_not_found(string path) =>
        await ExpectErrorAsync(path, 404, "Not Found");

    [Fact]
    public async Task Code_20701_help_has_notices_and_conformance()
    {
        var help = await rdap.JsonAsync("/rdap/help");

        help["notices"]!.AsArray().ShouldNotBeEmpty();
        AssertPlainConformance(help);
    }

    [Fact]
    public async Task A_name_whose_registration_is_pending_or_failed_is_not_here()
    {
        await rdap.Domains.RequestAsync("refuse-rdap.com");
        await rdap.Domains.RequestAsync("fail-99-rdap.com");

        await ExpectErrorAsync("/rdap/domain/refuse-rdap.com", 404, "Not Found");
        await ExpectErrorAsync("/rdap/domain/fail-99-rdap.com", 404, "Not Found");
    }

    private async Task ExpectErrorAsync(string path, int status, string title)
    {
        var answer = await rdap.GetAsync(path);

        answer.StatusCode.ShouldBe((HttpStatusCode)status);
        var error = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        error["errorCode"]!.GetValue<int>().ShouldBe(status);
        error["title"]!.GetValue<string>().ShouldBe(title);
        error["description"]!.AsArray().ShouldNotBeEmpty();
        error["notices"]!.AsArray().ShouldNotBeEmpty();
        AssertPlainConformance(error);
    }

    // The redaction extension is declared only where it is used (62001).
    private static void AssertPlainConformance(JsonNode answer) =>
        answer["rdapConformance"]!.AsArray().Select(c => c!.GetValue<string>()).ShouldBe(
            ["rdap_level_0", "icann_rdap_response_profile_1", "icann_rdap_technical_implementation_guide_1"]);
}
