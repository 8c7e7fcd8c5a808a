using System.Net;
using System.Net.Http.Json;
using EPerfect.Operations.Traces;
using EPerfect.Testing;

namespace EPerfect.Operations.Tests;

/// <summary>Traces of a machine without a collector: from the files that the processes write.</summary>
public sealed class ReadingTraces : IDisposable
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Nobody = "0000000000000000";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("eperfect-traces-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_trace_is_told_part_by_part_over_all_processes_each_below_what_it_is_a_part_of()
    {
        Write("gateway", Line("gateway", "POST", "a", Nobody, 0, 50));
        Write("orders", Line("orders", "POST /api/orders", "b", "a", 5, 40), Line("orders", "publish", "c", "b", 60, 5, "Error"));
        Write("domains", Line("domains", "receive", "d", "c", 70, 9), Line("domains", "orphan", "e", "lost", 10, 1));

        var trace = await ReadAsync<TraceView>($"traces/{Trace}");

        trace.Spans.Select(one => (one.Span.Name, one.Depth)).ShouldBe(
            [("POST", 0), ("POST /api/orders", 1), ("publish", 2), ("receive", 3), ("orphan", 0)]);
        trace.Spans[3].AfterMilliseconds.ShouldBe(70);
    }

    [Fact]
    public async Task What_is_half_written_or_nothing_that_we_know_is_passed_over()
    {
        var whole = Line("orders", "POST", "a", Nobody, 0, 50, "Error");
        Write("orders", "{\"nothing\":1}", "not JSON", whole, whole[..40]);

        var lines = (await ReadAsync<TracesView>("traces")).Traces;

        lines.ShouldHaveSingleItem().Failed.ShouldBeTrue();
    }

    [Fact]
    public async Task Where_traces_go_elsewhere_that_is_said()
    {
        folder.Delete();
        var view = await ReadAsync<TracesView>("traces");
        folder.Create();

        view.AreHere.ShouldBeFalse();
        view.Traces.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("0af7651916cd43dd8448eb211c803199")]
    [InlineData("..%2F..%2Fetc%2Fpasswd")]
    [InlineData("0AF7651916CD43DD8448EB211C80319C")]
    public async Task What_is_no_trace_is_not_found(string id)
    {
        await using var issuer = await TestIssuer.StartAsync(cancellationToken: Token);
        await using var operations = await OperationsOver.StartAsync(issuer, ("orders", StandIn.Nowhere()));
        using var staff = operations.Operator();

        (await staff.GetAsync($"/api/operations/traces/{id}", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static string Line(
        string service, string name, string span, string parent, int after, int milliseconds, string status = "Unset") =>
        System.Text.Json.JsonSerializer.Serialize(new
        {
            traceId = Trace, spanId = span, parentId = parent, service, name, kind = "Server",
            start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMilliseconds(after),
            milliseconds = (double)milliseconds,
            status, tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["eperfect.stream.id"] = "1" },
        });

    private void Write(string process, params IEnumerable<string> lines) =>
        File.WriteAllLines(Path.Combine(folder.FullName, $"{process}.jsonl"), lines);

    private async Task<T> ReadAsync<T>(string path)
    {
        await using var issuer = await TestIssuer.StartAsync(cancellationToken: Token);
        await using var operations = await OperationsOver.StartAsync(
            issuer, [("orders", StandIn.Nowhere())], $"--Traces:Folder={folder.FullName}");
        using var staff = operations.Operator();
        return (await staff.GetFromJsonAsync<T>($"/api/operations/{path}", Token))!;
    }
}
