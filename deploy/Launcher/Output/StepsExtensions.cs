using System.Runtime.ExceptionServices;

namespace EPerfect.Launcher.Output;

internal static class StepsExtensions
{
    /// <summary>Runs all at once. The first failure calls the others off and is the one that is told.</summary>
    public static async Task AllAsync(
        this ISteps steps, CancellationToken ct,
        params IEnumerable<(string Title, Func<CancellationToken, Task<string>> Work)> all)
    {
        using var callOff = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Exception? first = null;
        await Task.WhenAll(all.Select(async step =>
        {
            try
            {
                await steps.RunAsync(step.Title, () => step.Work(callOff.Token));
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref first, e, null);
                await callOff.CancelAsync();
            }
        }));
        if (first is not null)
            ExceptionDispatchInfo.Throw(first);
    }
}
