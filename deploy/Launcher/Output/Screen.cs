using Spectre.Console;

namespace EPerfect.Launcher.Output;

/// <summary>Where we are read: a terminal shows steps alive, anything else gets plain lines.</summary>
internal static class Screen
{
    private static bool IsTerminal => !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Interactive;

    public static Task ShowAsync(Func<ISteps, Task> work) =>
        IsTerminal ? LiveSteps.ShowAsync(work) : work(new PlainSteps(Console.Out));

    public static void Failure(LaunchException failure)
    {
        Console.Error.WriteLine();
        Console.Error.WriteLine($"Failed: {failure.Message}");
        var lines = failure.LastLogLines;
        if (lines.Count == 0)
            return;
        Console.Error.WriteLine($"The end of {failure.LogFile}:");
        foreach (var line in lines)
            Console.Error.WriteLine($"  | {line}");
    }
}
