namespace EPerfect.Orders;

/// <summary>Asks an outside system, and turns silence into an answer that says so.</summary>
internal static class Asking
{
    /// <summary>Shorter than a deadline's lease, so that no two runs ask at the same time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<T> AskAsync<T>(
        Func<CancellationToken, Task<T>> question, Func<string, T> silence, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return await question(patience.Token);
        }
        catch (NoAnswerException e)
        {
            return silence(e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return silence("timeout");
        }
    }
}
