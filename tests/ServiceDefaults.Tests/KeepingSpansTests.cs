using System.Diagnostics;
using EPerfect.ServiceDefaults.Tests.Sample;

namespace EPerfect.ServiceDefaults.Tests;

/// <summary>Which spans leave a process, and what they say: judged by what comes out of its exporters.</summary>
public sealed class KeepingSpansTests
{
    [Fact]
    public async Task All_are_kept_unless_a_share_is_set()
    {
        await using var process = await TracedProcess.StartAsync();

        await AskAsync(process, "/fine/1", "/fails", "/slow", "/forgives");

        Names(process).ShouldBe(
            ["GET /fails", "GET /fine/{who}", "GET /forgives", "GET /slow", "deadline fine", "deadline outer", "deadline part"]);
        foreach (var name in Names(process)) process.Exported.ShouldContain(name);
    }

    [Fact]
    public async Task Of_no_share_what_failed_and_what_was_slow_is_kept_with_all_that_it_was_a_part_of()
    {
        await using var process = await TracedProcess.StartAsync(("Telemetry:KeptShare", "0"));

        await AskAsync(process, "/fine/1", "/fails", "/slow", "/forgives");

        Names(process).ShouldBe(["GET /fails", "GET /forgives", "GET /slow", "deadline outer", "deadline part"]);
        foreach (var name in Names(process)) process.Exported.ShouldContain(name);
        process.Exported.ShouldNotContain("/fine");
        process.Exported.ShouldNotContain("deadline fine");
    }

    [Fact]
    public async Task Two_processes_keep_the_share_of_the_same_traces()
    {
        await using var one = await TracedProcess.StartAsync(("Telemetry:KeptShare", "0.5"));
        await using var other = await TracedProcess.StartAsync(("Telemetry:KeptShare", "0.5"));
        var traces = Enumerable.Range(0, 60).Select(_ => ActivityTraceId.CreateRandom()).ToArray();

        foreach (var process in (TracedProcess[])[one, other])
        {
            foreach (var trace in traces) await process.AskAsync("/fine/1", trace);
            await process.EndAsync();
        }

        Kept(one).Length.ShouldBeInRange(10, 50);
        Kept(other).ShouldBe(Kept(one));

        static string[] Kept(TracedProcess process) =>
            [.. process.Written.Select(span => span.TraceId).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    [Theory]
    [InlineData("Telemetry:KeptShare", "1.5")]
    [InlineData("Telemetry:KeptShare", "NaN")]
    [InlineData("Telemetry:KeptShare", "a tenth")]
    [InlineData("Telemetry:SlowMilliseconds", "-1")]
    public async Task A_share_that_is_none_is_refused_at_start(string name, string value) =>
        (await Should.ThrowAsync<InvalidOperationException>(TracedProcess.StartAsync((name, value)))).Message.ShouldContain(name);

    [Fact]
    public async Task What_a_person_may_have_written_leaves_by_no_exporter()
    {
        await using var process = await TracedProcess.StartAsync();

        await AskAsync(process, "/fine/quetzal.example?name=quetzal.example", "/fine/Quetzalcoatl", "/quetzal@quetzal.example");

        process.Written.Count.ShouldBe(3);
        process.Exported.ShouldContain("/fine/*");
        var told = process.Received + string.Concat(process.Written.SelectMany(span => span.Tags.Values));
        told.Contains("quetzal", StringComparison.OrdinalIgnoreCase).ShouldBeFalse();
        told.ShouldNotContain("Browser/1");
    }

    [Theory]
    [InlineData("/orders/01a21a95-a82b-7b84-ab0b-b6a7e6ac9adf/stop", "/orders/01a21a95-a82b-7b84-ab0b-b6a7e6ac9adf/stop")]
    [InlineData("/.well-known/openid-configuration", "/.well-known/openid-configuration")]
    [InlineData("/api/privacy/policy-sets/12", "/api/privacy/policy-sets/12")]
    [InlineData("/rdap/domain/quetzal.example", "/rdap/domain/*")]
    [InlineData("/api/domains/xn--quetzl-pta", "/api/domains/*")]
    [InlineData("/37255501234/", "/*/")]
    [InlineData("/who%40quetzal/Canary", "/*/*")]
    [InlineData("/whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "/*")]
    public void Of_a_path_words_and_ids_are_told(string path, string told) => SpanPath.Of(path).ShouldBe(told);

    [Theory]
    [InlineData("http://127.0.0.1:34403/rdap/domain/quetzal.example?*", "http://127.0.0.1:34403/rdap/domain/*")]
    [InlineData("http://somebody:secret@127.0.0.1/fails", "http://127.0.0.1/fails")]
    public void Of_an_address_the_host_and_such_a_path_are_told(string address, string told) =>
        SpanPath.OfAddress(address).ShouldBe(told);

    private static async Task AskAsync(TracedProcess process, params IEnumerable<string> paths)
    {
        foreach (var path in paths) await process.AskAsync(path);
        await process.EndAsync();
    }

    private static IEnumerable<string> Names(TracedProcess process) =>
        process.Written.Select(span => span.Name).Order(StringComparer.Ordinal);
}
