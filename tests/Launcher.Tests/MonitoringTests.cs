using System.Text.RegularExpressions;
using EPerfect.Launcher.Infrastructure;
using EPerfect.Launcher.Processes;
using EPerfect.Testing;

namespace EPerfect.Launcher.Tests;

/// <summary>What watches the platform is judged by what its makers publish, and each alert leads to a runbook.</summary>
public sealed partial class MonitoringTests
{
    private static readonly string Deploy = Path.Combine(Checkout.Find().Folder, "deploy");
    private static readonly string Alerts = Path.Combine(Deploy, "monitoring", "alerts.yaml");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Prometheus_takes_its_settings_and_each_alert_fires_when_it_should_and_not_before()
    {
        await Requirements.EnsureAsync([("promtool", "prometheus")], Ct);

        await PromtoolAsync("check", "config", Path.Combine(Deploy, "monitoring", "prometheus.yaml"));
        await PromtoolAsync("test", "rules", Path.Combine(Deploy, "monitoring", "alerts.tests.yaml"));
        var tested = await File.ReadAllTextAsync(Path.Combine(Deploy, "monitoring", "alerts.tests.yaml"), Ct);
        (await NamesAsync(AlertName()))
            .Where(alert => !tested.Contains($"alertname=\"{alert}\"", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_alert_has_a_runbook_and_each_runbook_says_what_is_seen_what_to_do_and_when_it_is_over()
    {
        var named = await NamesAsync(Runbook());
        named.Count.ShouldBe((await NamesAsync(AlertName())).Count);
        named.Except(Runbooks().Select(name => $"deploy/runbooks/{name}.md")).ShouldBeEmpty();
        foreach (var file in Runbooks())
        {
            var text = await File.ReadAllTextAsync(Path.Combine(Deploy, "runbooks", file + ".md"), Ct);
            foreach (var part in (string[])["**Seen:**", "## Look", "## Do", "## Over when"])
                text.ShouldContain(part, Case.Sensitive, file);
        }
    }

    [Fact]
    public async Task Each_runbook_is_tried_by_tests_that_there_are()
    {
        var table = (await File.ReadAllLinesAsync(Path.Combine(Deploy, "runbooks", "README.md"), Ct))
            .SkipWhile(line => !line.StartsWith("| runbook | tried by", StringComparison.Ordinal)).ToList();
        foreach (var name in Runbooks())
        {
            var row = table.Find(line => line.StartsWith($"| {name} |", StringComparison.Ordinal)) ?? "";
            var tests = TestClass().Matches(row).Select(match => match.Groups["name"].Value + ".cs").ToList();
            tests.ShouldNotBeEmpty(name);
            tests.ShouldAllBe(test => File.Exists(Path.Combine(Checkout.Find().Folder, "tests", test)));
        }
    }

    [Fact]
    public async Task The_compose_file_the_dashboards_and_the_sampling_are_what_compose_Grafana_and_Jaeger_take()
    {
        using var judge = await NodeProgram.StartAsync("monitoring", [], [Deploy]);

        var compose = await judge.StepAsync("compose");
        compose["errors"]!.AsArray().ShouldBeEmpty(compose.ToJsonString());
        compose["broken"]!.AsArray().ShouldNotBeEmpty("a broken file is told from a good one");
        var collector = await judge.StepAsync("collector");
        collector["errors"]!.AsArray().ShouldBeEmpty(collector.ToJsonString());
        collector["policies"]!.AsArray().Select(type => (string)type!)
            .ShouldBe(["status_code", "latency", "probabilistic"], "what failed, what was slow, and a share");
        collector["broken"]!.AsArray().ShouldNotBeEmpty("a policy that none knows");
        collector["unused"]!.AsArray().ShouldNotBeEmpty("a pipeline that leads nowhere");
        foreach (var _ in Directory.GetFiles(Path.Combine(Deploy, "monitoring", "dashboards")))
        {
            var dashboard = await judge.StepAsync("dashboard");
            dashboard["errors"]!.AsArray().ShouldBeEmpty(dashboard.ToJsonString());
        }

        (await judge.StepAsync("broken"))["errors"]!.AsArray().ShouldNotBeEmpty("and a broken dashboard");
    }

    [Fact]
    public async Task A_Prometheus_in_a_container_sees_its_targets_and_neither_mails_nor_secrets()
    {
        var mounts = (await File.ReadAllLinesAsync(Path.Combine(Deploy, "compose.yaml"), Ct))
            .Where(line => line.Contains("../.local", StringComparison.Ordinal)).Select(line => line.Trim());

        mounts.ShouldBe(["- ../.local/monitoring:/eperfect/.local/monitoring:ro"]);
    }

    private static List<string> Runbooks() =>
    [
        .. Directory.GetFiles(Path.Combine(Deploy, "runbooks"), "*.md")
            .Select(file => Path.GetFileNameWithoutExtension(file)!).Where(name => name is not "README"),
    ];

    private static async Task PromtoolAsync(params string[] words)
    {
        var result = await Tool.RunAsync(null, null, null, ["promtool", .. words], Ct);
        result.ExitCode.ShouldBe(0, result.Output);
    }

    private static async Task<List<string>> NamesAsync(Regex what) =>
        [.. what.Matches(await File.ReadAllTextAsync(Alerts, Ct)).Select(match => match.Groups["name"].Value)];

    [GeneratedRegex(@"alert: (?<name>\w+)", RegexOptions.None, 1000)]
    private static partial Regex AlertName();

    [GeneratedRegex(@"runbook: (?<name>\S+)", RegexOptions.None, 1000)]
    private static partial Regex Runbook();

    [GeneratedRegex(@"`(?<name>\w+\.Tests/[\w/]+)`", RegexOptions.None, 1000)]
    private static partial Regex TestClass();
}
