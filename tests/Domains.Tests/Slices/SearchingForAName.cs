using System.Net;
using EPerfect.Testing;

namespace EPerfect.Domains.Tests.Slices;

[Collection<DomainsCollection>]
public sealed class SearchingForAName(DomainsService domains)
{
    [Theory]
    [InlineData("free-name.com", "free-name.com", "free-name.com", "available")]
    [InlineData("Free-Name.COM.", "free-name.com", "free-name.com", "available")]
    [InlineData("MÜNCHEN.de", "xn--mnchen-3ya.de", "münchen.de", "available")]
    [InlineData("xn--mnchen-3ya.de", "xn--mnchen-3ya.de", "münchen.de", "available")]
    [InlineData("shop.co.uk", "shop.co.uk", "shop.co.uk", "available")]
    [InlineData("taken-name.com", "taken-name.com", "taken-name.com", "taken")]
    [InlineData("nic.org", "nic.org", "nic.org", "reserved")]
    [InlineData("shop.museum", "shop.museum", "shop.museum", "not-offered")]
    [InlineData("www.shop.com", "www.shop.com", "www.shop.com", "not-offered")]
    [InlineData("co.uk", "co.uk", "co.uk", "not-offered")]
    public async Task A_name_is_judged_in_its_one_form(string query, string name, string unicode, string status)
    {
        var answer = await domains.Client.GetAsync($"/api/domains/availability?name={Uri.EscapeDataString(query)}");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.JsonAsync()).ToJsonString().ShouldBe(
            System.Text.Json.JsonSerializer.Serialize(new { name, unicodeName = unicode, status }));
    }

    [Fact]
    public async Task What_is_registered_here_is_taken()
    {
        await domains.RegisterAsync("gone.com");

        var answer = await (await domains.Client.GetAsync("/api/domains/availability?name=gone.com")).JsonAsync();

        answer["status"]!.GetValue<string>().ShouldBe("taken");
    }

    [Theory]
    [InlineData("")]
    [InlineData("?name=")]
    [InlineData("?name=a%20b.com")]
    [InlineData("?name=-a.com")]
    [InlineData("?name=a..com")]
    [InlineData("?name=%E2%98%83.com")]
    [InlineData("?name=xn--zzzzzzzz.com")]
    [InlineData("?name=%FF%FE.com")]
    public async Task What_is_no_name_is_refused(string query)
    {
        var answer = await domains.Client.GetAsync("/api/domains/availability" + query);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.ProblemCodeAsync()).ShouldBe("domain-name-invalid");
    }
}
