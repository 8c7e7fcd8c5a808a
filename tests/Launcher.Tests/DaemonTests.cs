using EPerfect.Launcher.Infrastructure;
using EPerfect.Launcher.Processes;
using EPerfect.Launcher.Running;

namespace EPerfect.Launcher.Tests;

public sealed class DaemonTests : IAsyncDisposable
{
    private readonly Home home = Sandbox.Create("daemon");

    private Daemon Sleeper => home.Daemon("sleeper");

    private Task<ProcessIdentity> StartSleeperAsync() =>
        Sleeper.StartAsync(new DaemonCommand("sleep", "600") { DiesWithUs = true });

    [Fact]
    public async Task A_later_launcher_finds_what_an_earlier_one_started()
    {
        var started = await StartSleeperAsync();

        home.Daemon("sleeper").Running.ShouldBe(started);
    }

    [Fact]
    public async Task A_number_that_now_belongs_to_another_process_is_not_taken_for_ours()
    {
        var us = ProcessIdentity.Of(Environment.ProcessId)!;
        await WritePidFileAsync(us with { StartTicks = us.StartTicks - 1 });

        Sleeper.Running.ShouldBeNull();
    }

    [Fact]
    public async Task A_number_from_before_the_machine_was_started_again_is_not_taken_for_ours()
    {
        await WritePidFileAsync(ProcessIdentity.Of(Environment.ProcessId)! with { BootId = "another boot" });

        Sleeper.Running.ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ \"Pid\": 12")]
    public async Task A_file_cut_short_is_no_obstacle(string text)
    {
        await File.WriteAllTextAsync(home.PidFileOf("sleeper"), text, TestContext.Current.CancellationToken);

        Sleeper.Running.ShouldBeNull();
        (await StartSleeperAsync()).IsAlive.ShouldBeTrue();
    }

    [Fact]
    public async Task Who_does_not_listen_is_killed_in_the_end()
    {
        var stubborn = home.Daemon("sleeper");
        var started = await stubborn.StartAsync(
            new DaemonCommand("sh", "-c", "trap '' TERM; while :; do sleep 1; done") { DiesWithUs = true });
        await Task.Delay(TimeSpan.FromMilliseconds(300), TestContext.Current.CancellationToken);

        await stubborn.StopAsync(Signal.Terminate, TimeSpan.FromMilliseconds(300));

        started.IsAlive.ShouldBeFalse();
    }

    [Fact]
    public async Task A_paused_process_stops_when_asked()
    {
        var started = await StartSleeperAsync();
        Sleeper.Send(Signal.Stop);

        await Sleeper.StopAsync(Signal.Terminate, TimeSpan.FromSeconds(5));

        started.IsAlive.ShouldBeFalse();
    }

    [Fact]
    public async Task A_service_that_ends_at_once_is_reported_with_the_lines_that_show_why()
    {
        var broken = new ServiceProcess(home, "orders", () => Path.Combine(home.Folder, "Missing.dll"), () => []);

        var failure = await Should.ThrowAsync<LaunchException>(
            () => broken.StartAsync(TestContext.Current.CancellationToken));

        failure.Message.ShouldBe("orders ended while it was starting");
        string.Join('\n', failure.LastLogLines).ShouldContain("Missing.dll");
    }

    public async ValueTask DisposeAsync()
    {
        await Sleeper.KillAsync();
        home.Delete();
    }

    private Task WritePidFileAsync(ProcessIdentity process) => File.WriteAllTextAsync(
        home.PidFileOf("sleeper"), System.Text.Json.JsonSerializer.Serialize(process),
        TestContext.Current.CancellationToken);
}
