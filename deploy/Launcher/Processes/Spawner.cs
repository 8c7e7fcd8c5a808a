using System.Collections.Concurrent;
using System.Diagnostics;

namespace EPerfect.Launcher.Processes;

/// <summary>
/// Starts background processes: own session (Ctrl-C at our terminal does not reach them), output to a log file.
/// One thread that lives as long as we do starts them all, because the kernel ties "die with your parent" to the
/// thread that started the child, not to its process.
/// </summary>
internal static class Spawner
{
    private static readonly BlockingCollection<Action> Work = StartThread();

    // What a service or server would misread from our own surroundings.
    private static readonly string[] Misleading =
    [
        "RABBITMQ_", "ERL_", "PG", "ASPNETCORE_", "DOTNET_ENVIRONMENT", "ConnectionStrings__", "MSBUILD",
        "TESTINGPLATFORM",
    ];

    public static Task<ProcessIdentity> StartAsync(DaemonCommand command, string logFile)
    {
        var started = new TaskCompletionSource<ProcessIdentity>(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() =>
        {
            try
            {
                started.SetResult(Start(command, logFile));
            }
            catch (Exception e)
            {
                started.SetException(e);
            }
        });
        return started.Task;
    }

    private static ProcessIdentity Start(DaemonCommand command, string logFile)
    {
        var info = new ProcessStartInfo("/bin/sh") { WorkingDirectory = command.WorkingDirectory };
        // Every link of the chain execs the next one, so the process keeps the number that we are given here.
        foreach (var argument in (IEnumerable<string>)
            ["-c", "exec \"$@\" </dev/null >>\"$0\" 2>&1", logFile, "setsid", .. StepDown(command), command.File])
            info.ArgumentList.Add(argument);
        foreach (var argument in command.Arguments)
            info.ArgumentList.Add(argument);
        foreach (var name in info.Environment.Keys.Where(IsMisleading).ToList())
            info.Environment.Remove(name);
        foreach (var (name, value) in command.Environment)
            info.Environment[name] = value;

        var process = Process.Start(info)!;
        return ProcessIdentity.Of(process.Id)
            ?? throw new LaunchException($"{Path.GetFileNameWithoutExtension(logFile)} ended while it was starting", logFile);
    }

    private static IEnumerable<string> StepDown(DaemonCommand command)
    {
        var user = Machine.IsRoot ? command.RunAs : null;
        if (user is null && !command.DiesWithUs)
            return [];
        string[] identity = user is null ? [] : ["--reuid", user.Name, "--regid", user.Group, "--init-groups"];
        string[] death = command.DiesWithUs ? ["--pdeathsig", "KILL"] : [];
        return ["setpriv", .. identity, .. death];
    }

    private static bool IsMisleading(string name) =>
        Misleading.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    private static BlockingCollection<Action> StartThread()
    {
        var work = new BlockingCollection<Action>();
        new Thread(() =>
        {
            foreach (var action in work.GetConsumingEnumerable())
                action();
        })
        { IsBackground = true, Name = "spawner" }.Start();
        return work;
    }
}
