using System.Net;
using System.Net.Sockets;
using EPerfect.Launcher.Infrastructure;
using EPerfect.Launcher.Processes;

namespace EPerfect.Launcher.Tests;

public sealed class PortsTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();
    private readonly string elsewhere = Path.GetTempFileName();

    [Fact]
    public void A_port_is_chosen_once_and_remembered()
    {
        var chosen = new Ports(file)["gateway"];

        new Ports(file)["gateway"].ShouldBe(chosen);
        new Ports(file).Free("gateway").ShouldBe(chosen);
    }

    [Fact]
    public void Two_names_never_share_a_port()
    {
        var ports = new Ports(file);

        Enumerable.Range(0, 200).Select(number => ports[$"service-{number}"]).ShouldBeUnique();
    }

    [Fact]
    public void A_port_that_another_program_took_is_given_up_for_a_free_one()
    {
        var ports = new Ports(file);
        var chosen = ports["gateway"];
        using var squatter = new TcpListener(IPAddress.Loopback, chosen);
        squatter.Start();

        var next = ports.Free("gateway");

        next.ShouldNotBe(chosen);
        new Ports(file)["gateway"].ShouldBe(next);
    }

    [Fact]
    public void Two_platforms_that_start_at_once_never_share_a_port()
    {
        var (one, other) = (new Ports(file), new Ports(elsewhere));
        var chosen = one["gateway"];
        File.Copy(file, elsewhere, overwrite: true);

        new Ports(elsewhere).Free("gateway").ShouldNotBe(chosen); // nothing listens there yet
        one.Free("gateway").ShouldBe(chosen);
    }

    [Fact]
    public async Task A_launcher_in_another_process_sees_that_the_port_is_chosen()
    {
        var chosen = new Ports(file)["gateway"];

        const string claim =
            "import fcntl, sys; fcntl.lockf(open(sys.argv[1], 'r+'), fcntl.LOCK_EX | fcntl.LOCK_NB, 1, int(sys.argv[2]))";
        var result = await Tool.RunAsync(
            null, null, null, ["python3", "-c", claim, PortClaims.FileName, $"{chosen}"], TestContext.Current.CancellationToken);

        result.ExitCode.ShouldNotBe(0);
        result.Output.ShouldContain("BlockingIOError");
    }

    [Fact]
    public void A_file_cut_short_by_a_dying_machine_is_begun_anew()
    {
        File.WriteAllText(file, "{ \"gateway\": 2");

        new Ports(file)["gateway"].ShouldBeGreaterThan(0);
    }

    public void Dispose()
    {
        File.Delete(file);
        File.Delete(elsewhere);
    }
}
