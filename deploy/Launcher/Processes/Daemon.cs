using System.Text.Json;

namespace EPerfect.Launcher.Processes;

/// <summary>A background process that is remembered in a file, so that a later launcher finds it again.</summary>
internal sealed class Daemon(string name, string pidFile, string logFile)
{
    public string Name => name;

    public string LogFile => logFile;

    public ProcessIdentity? Running => Remembered() is { IsAlive: true } alive ? alive : null;

    public async Task<ProcessIdentity> StartAsync(DaemonCommand command)
    {
        var process = await Spawner.StartAsync(command, logFile);
        var draft = pidFile + ".new";
        await File.WriteAllTextAsync(draft, JsonSerializer.Serialize(process), CancellationToken.None);
        File.Move(draft, pidFile, overwrite: true);
        return process;
    }

    public void Send(Signal signal) => Running?.Send(signal);

    /// <summary>Asks, waits, and in the end insists. A paused process is let run, to hear it.</summary>
    public async Task StopAsync(Signal polite, TimeSpan patience)
    {
        if (Running is { } process)
        {
            process.Send(polite);
            process.Send(Signal.Continue);
            if (!await process.WaitForExitAsync(patience))
            {
                process.Send(Signal.Kill);
                await process.WaitForExitAsync(TimeSpan.FromSeconds(10));
            }
        }

        File.Delete(pidFile);
    }

    public Task KillAsync() => StopAsync(Signal.Kill, TimeSpan.FromSeconds(10));

    private ProcessIdentity? Remembered()
    {
        try
        {
            return JsonSerializer.Deserialize<ProcessIdentity>(File.ReadAllText(pidFile));
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null; // no file, or one cut short by a dying machine: nothing of ours is known to run
        }
    }
}
