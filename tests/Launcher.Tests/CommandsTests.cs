using System.Diagnostics;
using EPerfect.Launcher.Infrastructure;
using EPerfect.Testing;

namespace EPerfect.Launcher.Tests;

/// <summary>The commands as they are typed, in a checkout that holds nothing but the launcher.</summary>
public sealed class CommandsTests : IDisposable
{
    private readonly string checkout = Directory.CreateTempSubdirectory("eperfect-checkout-").FullName;

    public CommandsTests()
    {
        // As mktemp makes it nobody else may enter; the servers' accounts have to.
        File.SetUnixFileMode(checkout, File.GetUnixFileMode("/"));
        File.WriteAllText(Path.Combine(checkout, "platform.sln"), "");
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory, "*.dll")
            .Concat(Directory.GetFiles(AppContext.BaseDirectory, "EPerfect.Launcher.*")))
            File.Copy(file, Path.Combine(checkout, Path.GetFileName(file)), overwrite: true);
    }

    private Home Home => new(Path.Combine(checkout, ".local")) { ChildrenDieWithUs = true };

    [Fact]
    public async Task A_step_that_fails_is_told_with_its_cause_and_log_and_what_was_started_is_stopped()
    {
        Directory.CreateDirectory(Path.Combine(checkout, "deploy"));
        await File.WriteAllTextAsync(
            Path.Combine(checkout, "deploy", "publish.proj"),
            """<Project><Target Name="Build"><Error Text="error: the sources are broken" /></Target></Project>""",
            TestContext.Current.CancellationToken);

        var (exitCode, output) = await RunAsync("up", "--detach");

        exitCode.ShouldBe(1, output);
        output.ShouldContain("FAIL Build");
        output.ShouldContain("Failed: The build failed");
        output.ShouldContain("the sources are broken");
        output.ShouldContain("build.log:");
        await NoneRemainsAsync();
    }

    [Fact]
    public async Task Down_stops_what_another_process_started_and_leaves_none()
    {
        var home = Home;
        await Requirements.EnsureAsync(default);
        await Task.WhenAll(new Postgres(home).StartAsync(default), new Broker(home).StartAsync(default));
        Remaining().ShouldNotBeEmpty();

        var (exitCode, output) = await RunAsync("down");

        exitCode.ShouldBe(0, output);
        output.ShouldContain("Stopped");
        await NoneRemainsAsync();
        File.Exists(Path.Combine(home.DataOf("postgres"), "PG_VERSION")).ShouldBeTrue();
    }

    [Fact]
    public async Task Data_that_were_half_restored_are_left_alone_and_the_start_says_so()
    {
        await Requirements.EnsureAsync(default);
        var kept = Path.Combine(Home.DataOf("postgres"), "base", "1");
        Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
        await File.WriteAllTextAsync(kept, "rows");

        var refused = await Should.ThrowAsync<LaunchException>(() => new Postgres(Home).StartAsync(default));

        refused.Message.ShouldContain("PG_VERSION");
        (await File.ReadAllTextAsync(kept)).ShouldBe("rows");
    }

    [Fact]
    public async Task Reset_asks_and_then_forgets()
    {
        _ = Home.Secrets["postgres-orders"];

        (await RunAsync("reset")).ExitCode.ShouldBe(1);
        Directory.Exists(Path.Combine(checkout, ".local")).ShouldBeTrue();

        (await RunAsync("reset", "--yes")).ExitCode.ShouldBe(0);
        Directory.Exists(Path.Combine(checkout, ".local")).ShouldBeFalse();
    }

    [Fact]
    public async Task Mail_lists_what_was_sent_and_shows_one()
    {
        (await RunAsync("mail")).Output.ShouldContain("No mail was sent yet");
        var maildir = new MailCatcher(Home).DataFolder;
        Directory.CreateDirectory(Path.Combine(maildir, "new"));
        await File.WriteAllTextAsync(
            Path.Combine(maildir, "new", "1.one"),
            "From: a@example.com\nTo: b@example.com\nSubject: =?utf-8?q?T=C3=A4na?=\n\nTere!\n",
            TestContext.Current.CancellationToken);

        (await RunAsync("mail")).Output.ShouldContain("Täna");
        (await RunAsync("mail", "1")).Output.ShouldContain("Tere!");
        (await RunAsync("mail", "2")).ExitCode.ShouldBe(1);
    }

    [Theory]
    [InlineData("mail", "first")]
    [InlineData("up", "--nonsense")]
    [InlineData("up", "--instances", "postgres=2")]
    [InlineData("up", "--instances", "orders=0")]
    [InlineData("partner")]
    [InlineData("partner", "Example Ltd")] // nothing runs here
    [InlineData("token", "operator")]
    [InlineData("token")] // nothing runs here
    [InlineData("projections", "orders", "publisher")]
    [InlineData("projections", "orders", "publisher", "--from", "yesterday")]
    [InlineData("nonsense")]
    public async Task A_mistyped_command_is_refused(params string[] words) =>
        (await RunAsync(words)).ExitCode.ShouldBe(1);

    public void Dispose() => Directory.Delete(checkout, recursive: true);

    private Task NoneRemainsAsync() => Until.TrueAsync(
        () => Task.FromResult(Remaining().Count == 0), "the operating system has cleared them away", TimeSpan.FromSeconds(5));

    private IReadOnlyList<int> Remaining() =>
        [.. Listening.ProcessesOf(checkout).Where(pid => pid != Environment.ProcessId)];

    private async Task<(int ExitCode, string Output)> RunAsync(params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(checkout, "EPerfect.Launcher.dll"), .. words])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }
}
