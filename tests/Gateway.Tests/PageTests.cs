using System.Text.RegularExpressions;

namespace EPerfect.Gateway.Tests;

public sealed partial class PageTests
{
    private static readonly string[] Services = ["accounts", "domains", "operations", "orders", "privacy"];

    [Fact]
    public async Task Every_link_of_the_index_leads_somewhere()
    {
        await using var backend = await Backend.StartAsync("all");
        await using var gateway = await StartAsync(backend);

        var page = await gateway.Client.GetStringAsync("/");

        var links = Links().Matches(page).Select(match => match.Groups["to"].Value).ToList();
        var documents = Services.Select(service => $"/openapi/{service}.json");
        links.ShouldBe(["/reference", "/problems", "/cookies", "/health", .. documents]);
        foreach (var link in links) (await gateway.Client.GetAsync(link)).IsSuccessStatusCode.ShouldBeTrue(link);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/problems")]
    [InlineData("/problems/unavailable")]
    [InlineData("/cookies")]
    public async Task A_page_has_a_language_a_title_one_heading_and_no_script(string target)
    {
        await using var gateway = await RunningGateway.StartAsync();

        var answer = await gateway.Client.GetAsync(target);
        var page = await answer.Content.ReadAsStringAsync();

        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        page.ShouldContain("""<html lang="en">""");
        Regex.Count(page, "<title>.+</title>", RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBe(1);
        Regex.Count(page, "<h1>.+</h1>", RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBe(1);
        page.ShouldNotContain("<script");
    }

    [Fact]
    public async Task The_reference_shows_every_service_and_loads_all_it_needs_from_here()
    {
        await using var backend = await Backend.StartAsync("all");
        await using var gateway = await StartAsync(backend);

        var answer = await gateway.Client.GetAsync("/reference");
        var page = await answer.Content.ReadAsStringAsync();

        page.ShouldNotMatch("(https?:)?//[a-z]");
        foreach (var service in Services) page.ShouldContain($"openapi/{service}.json");
        var sources = Sources().Matches(page).Select(match => match.Groups["from"].Value).ToList();
        sources.Count.ShouldBeGreaterThan(0);
        foreach (var source in sources)
        {
            var script = await gateway.Client.GetAsync(new Uri(answer.RequestMessage!.RequestUri!, source));
            script.EnsureSuccessStatusCode().Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
        }
    }

    [Fact]
    public async Task The_reference_may_run_its_own_script_and_talk_to_this_host_only()
    {
        await using var gateway = await RunningGateway.StartAsync();

        var answer = await gateway.Client.GetAsync("/reference");
        var page = await answer.Content.ReadAsStringAsync();

        var policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldContain("connect-src 'self'");
        policy.ShouldNotContain("http");
        var nonces = Nonces().Matches(page).Select(match => match.Groups["nonce"].Value);
        policy.ShouldContain($"script-src 'nonce-{nonces.Distinct(StringComparer.Ordinal).ShouldHaveSingleItem()}'");
    }

    private static Task<RunningGateway> StartAsync(Backend backend) =>
        RunningGateway.StartAsync(Services.Select(service => (service, backend.Address)));

    [GeneratedRegex("href=\"(?<to>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Links();

    [GeneratedRegex("src=\"(?<from>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sources();

    [GeneratedRegex("nonce=\"(?<nonce>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Nonces();
}
