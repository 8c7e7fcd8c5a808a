using EPerfect.Launcher.Commands;
using EPerfect.Launcher.Infrastructure;
using EPerfect.Launcher.Running;

namespace EPerfect.Launcher.Tests;

/// <summary>Who starts what does not run, stops or watches it, means all that was started here, however many there are.</summary>
public sealed class InstancesTests : IDisposable
{
    private readonly Home home = Sandbox.Create("instances");

    [Fact]
    public void Where_nothing_was_started_there_is_one_of_each() =>
        Names().ShouldBe(["accounts", "orders", "domains", "privacy", "operations", "gateway"]);

    [Fact]
    public void What_was_started_is_known_again_also_what_has_died_since()
    {
        Started("orders", "orders-3", "gateway-2", "postgres", "rabbitmq", "rabbitmq-port-mapper");

        Names().ShouldBe(
            ["accounts", "orders", "orders-2", "orders-3", "domains", "privacy", "operations", "gateway", "gateway-2"]);
    }

    [Fact]
    public void Who_says_how_many_gets_so_many()
    {
        Started("orders", "orders-2", "domains-2");

        Names(("orders", 1), ("accounts", 2)).ShouldBe(
            ["accounts", "accounts-2", "orders", "domains", "domains-2", "privacy", "operations", "gateway"]);
    }

    [Fact]
    public async Task What_was_stopped_is_not_known_any_more_nor_is_what_had_died_before()
    {
        Started("orders", "orders-2", "rabbitmq-port-mapper");

        await Down.StopAsync(home);

        home.Remembered().ShouldBeEmpty();
    }

    public void Dispose() => home.Delete();

    /// <summary>As a process that has died leaves it.</summary>
    private void Started(params IEnumerable<string> names)
    {
        foreach (var name in names)
            File.WriteAllText(home.PidFileOf(name), """{"Pid":1,"StartTicks":1,"BootId":"another"}""");
    }

    private IEnumerable<string> Names(params IEnumerable<(string Part, int Number)> asked) =>
        new Platform(Checkout.Find(), home, asked.ToDictionary(one => one.Part, one => one.Number))
            .Processes.Select(process => process.Name);
}
