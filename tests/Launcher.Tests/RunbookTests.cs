using System.Text.RegularExpressions;
using EPerfect.Launcher.Commands;
using EPerfect.Launcher.Infrastructure;
using EPerfect.Launcher.Processes;

namespace EPerfect.Launcher.Tests;

/// <summary>What a runbook says to type is there: nobody finds out at night that a name is another by now.</summary>
public sealed partial class RunbookTests
{
    private static readonly string Root = Checkout.Find().Folder;

    public static TheoryData<string> Runbooks =>
        [.. Directory.GetFiles(Path.Combine(Root, "deploy", "runbooks"), "*.md").Select(file => Path.GetFileName(file))];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Runbooks))]
    public async Task Each_route_is_in_a_description_of_a_service_and_each_page_is_one_of_Operations(string runbook)
    {
        var text = await TextAsync(runbook);
        // The approved list of all operations of all descriptions.
        var described = Described().Matches(await ReadAsync("tests", "Architecture.Tests", "Access", "access-matrix.md"))
            .Select(match => match.Groups["path"].Value).ToList();
        described.ShouldNotBeEmpty();
        Named(Route(), text).Where(route => !IsOneOf(described, route)).ShouldBeEmpty();

        var folder = Path.Combine(Root, "services", "Operations", "Pages");
        var pages = (await Task.WhenAll(Directory.GetFiles(folder, "*.cshtml").Select(file => File.ReadAllTextAsync(file, Ct))))
            .Where(page => PageAddress().IsMatch(page))
            .ToDictionary(page => PageAddress().Match(page).Groups["path"].Value, StringComparer.Ordinal);
        Named(Page(), text).Where(page => !IsOneOf(pages.Keys, page)).ShouldBeEmpty();
        Named(Anchor(), text)
            .Where(anchor => !pages["/operations"].Contains($"id=\"{anchor}\"", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Runbooks))]
    public async Task Each_command_is_a_file_and_its_help_knows_the_words_that_it_is_given(string runbook)
    {
        var text = await TextAsync(runbook);
        Named(Deployed(), text).Where(path => !Path.Exists(Path.Combine(Root, path))).ShouldBeEmpty();

        foreach (Match typed in Typed().Matches(text))
        {
            var usage = UsageOf(typed.Groups["command"].Value);
            typed.Groups["rest"].Value.Split(' ').Where(word => Word().IsMatch(word)).Except(Databases.Roles)
                .Where(word => !usage.Contains(word, StringComparison.Ordinal)).ShouldBeEmpty(typed.Value);
        }
    }

    [Theory, MemberData(nameof(Runbooks))]
    public async Task Each_metric_is_looked_at_by_an_alert_or_a_dashboard(string runbook)
    {
        var monitoring = Path.Combine(Root, "deploy", "monitoring");
        var looked = string.Concat(await Task.WhenAll(
            Directory.GetFiles(Path.Combine(monitoring, "dashboards")).Append(Path.Combine(monitoring, "alerts.yaml"))
                .Select(file => File.ReadAllTextAsync(file, Ct))));
        var measured = Named(Metric(), looked);
        measured.ShouldNotBeEmpty();

        Named(Metric(), await TextAsync(runbook)).Except(measured).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Runbooks))]
    public async Task Each_link_leads_to_a_file_and_to_a_heading_in_it(string runbook)
    {
        foreach (Match link in Link().Matches(await TextAsync(runbook)))
        {
            var file = Path.Combine(Root, "deploy", "runbooks", link.Groups["file"].Value);
            File.Exists(file).ShouldBeTrue(link.Value);
            if (link.Groups["heading"] is not { Success: true, Value: var wanted }) continue;
            Headings().Matches(await File.ReadAllTextAsync(file, Ct))
                .Select(heading => heading.Groups["text"].Value.ToLowerInvariant().Replace(' ', '-'))
                .ShouldContain(wanted, link.Value);
        }
    }

    [Theory]
    [InlineData("exit 0", 0, "new")]
    [InlineData("case $* in *keys) exit 1;; esac", 1, "old")]
    [InlineData("echo half >$3; exit 1", 1, "old")]
    public async Task A_backup_is_whole_or_says_so_and_leaves_the_one_before_it(string dumping, int exitCode, string kept)
    {
        var place = Directory.CreateTempSubdirectory("eperfect-runbook-").FullName;
        try
        {
            await WriteAsync("bin/pg_dump", $"#!/bin/sh\necho whole >\"$3\"\n{dumping}\n");
            await WriteAsync("checkout/deploy/keys", "#!/bin/sh\n");
            await WriteAsync("checkout/.local/ports.json", """{"postgres":1}""");
            await WriteAsync("checkout/.local/secrets/postgres-postgres", "");
            Directory.CreateDirectory(Path.Combine(place, "backup", "erasures"));
            foreach (var service in Databases.Roles)
            {
                await WriteAsync($"checkout/.local/secrets/{service}-key-encryption-keys", "new");
                await WriteAsync($"backup/keys/{service}-key-encryption-keys", "old");
            }

            var result = await Tool.RunAsync(
                null, place, new Variables { ["PATH"] = $"{place}/bin:{Environment.GetEnvironmentVariable("PATH")}" },
                ["sh", "-c", (await BackupAsync()).Replace("/srv/eperfect", $"{place}/checkout", StringComparison.Ordinal)
                    .Replace("/backup", $"{place}/backup", StringComparison.Ordinal)],
                Ct);

            result.ExitCode.ShouldBe(exitCode, result.Output);
            foreach (var dump in Directory.GetFiles(Path.Combine(place, "backup"), "*.dump"))
                (await File.ReadAllTextAsync(dump, Ct)).ShouldBe("whole\n", dump);
            foreach (var service in Databases.Roles)
            {
                (await File.ReadAllTextAsync(Path.Combine(place, "backup", "keys", $"{service}-key-encryption-keys"), Ct))
                    .ShouldBe(kept);
            }
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }

        async Task WriteAsync(string file, string text)
        {
            var path = Path.Combine(place, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, text, Ct);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>What is typed in every night, as the runbook has it.</summary>
    private static async Task<string> BackupAsync() => string.Join('\n', (await TextAsync("restore-from-backup.md")).Split('\n')
        .SkipWhile(line => line is not "## Before it happens")
        .SkipWhile(line => !line.StartsWith("    ", StringComparison.Ordinal))
        .TakeWhile(line => line.StartsWith("    ", StringComparison.Ordinal)));

    private static Task<string> TextAsync(string runbook) => ReadAsync("deploy", "runbooks", runbook);

    private static Task<string> ReadAsync(params string[] path) => File.ReadAllTextAsync(Path.Combine([Root, .. path]), Ct);

    /// <summary>What deploy/signing-keys, say, tells when it is asked for help.</summary>
    private static string UsageOf(string command)
    {
        var name = string.Concat(command.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return (string)typeof(Up).Assembly.GetType($"{typeof(Up).Namespace}.{name}")!.GetField("Usage")!.GetRawConstantValue()!;
    }

    private static HashSet<string> Named(Regex what, string text) =>
        what.Matches(text).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);

    /// <summary>Anything may stand where the address has a parameter: ORDER_ID, $PARTNER, {partnerId}, webhook.</summary>
    private static bool IsOneOf(IEnumerable<string> addresses, string path)
    {
        var segments = path.Split('/');
        return addresses.Select(address => address.Split('/')).Any(address => address.Length == segments.Length
            && address.Zip(segments).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second));
    }

    [GeneratedRegex(@"\| `[A-Z]+ (?<path>/[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Described();

    [GeneratedRegex(@"(?<!BROKER)(?<name>/api/[\w{}$/-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Route();

    [GeneratedRegex(@"\$GATEWAY(?<name>/operations[\w{}$/-]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Page();

    [GeneratedRegex(@"\$GATEWAY/operations#(?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Anchor();

    [GeneratedRegex("""@page "(?<path>[^"]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PageAddress();

    [GeneratedRegex(@"(?<![\w./-])(?<name>deploy/[\w-]+(\.\w+)*(/[\w-]+(\.\w+)*)*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Deployed();

    [GeneratedRegex(@"(?<![\w./-])deploy/(?<command>[a-z-]+)(?![\w./-])(?<rest>[^#`|;)\n]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Typed();

    [GeneratedRegex("^(--)?[a-z]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<name>eperfect_\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Metric();

    [GeneratedRegex(@"\]\((?<file>[^)#:]+)(#(?<heading>[^)]+))?\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Headings();
}
