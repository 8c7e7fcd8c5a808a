using EPerfect.Launcher.Processes;

namespace EPerfect.Launcher.Demo;

internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static async Task<bool> UntilAsync(string what, Func<Task<bool>> done, CancellationToken ct) =>
        await Poll.UntilAsync(_ => done(), Patience, ct, Pause)
            ? true
            : throw new LaunchException($"Waited {Patience.TotalSeconds} s in vain: {what}");
}
