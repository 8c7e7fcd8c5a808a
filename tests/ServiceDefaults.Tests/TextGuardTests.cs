using System.Net.Http.Headers;
using System.Text;
using EPerfect.ServiceDefaults.Tests.Sample;
using EPerfect.Testing;

namespace EPerfect.ServiceDefaults.Tests;

/// <summary>What no query and no form holds, wherever it is sent.</summary>
public sealed class TextGuardTests(PostgresServer postgres)
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Multipart = "multipart/form-data; boundary=x";

    [Theory]
    [InlineData("/api/tallies?cursor=%00")]
    [InlineData("/api/tallies?limit=1&unknown=a%00b")]
    [InlineData("/api/tallies?a%00=1")]
    [InlineData("/nowhere?a=%00")]
    [InlineData("/health/ready?%00")]
    public async Task Given_a_query_that_holds_u0000_Then_it_is_refused(string address)
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);

        var answer = await service.Client.GetAsync(address, TestContext.Current.CancellationToken);

        ((int)answer.StatusCode, await answer.ProblemCodeAsync()).ShouldBe((422, "text-invalid"));
    }

    [Theory]
    [InlineData(Form, "name=a%00b", 400, "malformed-request")]
    [InlineData(Form, "%00=b", 400, "malformed-request")]
    [InlineData(Form, "name=a\0b", 422, "text-invalid")]
    [InlineData(Form, "\0=b", 422, "text-invalid")]
    [InlineData(Multipart, "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\na\0b\r\n--x--\r\n", 422, "text-invalid")]
    [InlineData(Multipart, "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nno end", 400, "malformed-request")]
    [InlineData("multipart/form-data", "--x--\r\n", 400, "malformed-request")]
    [InlineData(Form, "name=a&name=%ff%fe&%zz", 415, "media-type-not-supported")]
    [InlineData(Form, "", 415, "media-type-not-supported")]
    public async Task Given_a_form_Then_it_is_refused_for_what_it_holds_before_anybody_reads_it(
        string type, string form, int status, string code)
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);

        var answer = await SendAsync(service, form, type);

        ((int)answer.StatusCode, await answer.ProblemCodeAsync()).ShouldBe((status, code));
        service.Log.Lines.ShouldNotContain(line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_a_form_of_too_many_fields_or_too_long_a_name_Then_it_is_malformed()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);

        foreach (var form in new[] { string.Join('&', Enumerable.Repeat("a=b", 1100)), $"{new string('a', 3000)}=b" })
            (await (await SendAsync(service, form, Form)).ProblemCodeAsync()).ShouldBe("malformed-request");
    }

    private static async Task<HttpResponseMessage> SendAsync(TestService service, string form, string type)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(form));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tallies") { Content = content };
        request.Headers.Add("Idempotency-Key", "k");
        return await service.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
