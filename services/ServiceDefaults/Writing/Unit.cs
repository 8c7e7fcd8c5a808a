namespace EPerfect.ServiceDefaults;

/// <summary>Something that commits as a whole or not at all.</summary>
/// <param name="Context">Who, and because of what.</param>
/// <param name="Lane">Units of one lane are written one after the other: the stream, or the receipt for a new
/// stream.</param>
/// <param name="Work">Loads, decides and appends. May run more than once; only the last run is committed.</param>
internal sealed record Unit(
    CommandContext Context, Guid Lane, Func<UnitOfWork, CancellationToken, Task<Answer>> Work)
{
    private readonly TaskCompletionSource<Answer> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string? ReceiptId { get; init; }

    /// <summary>What it changes, if that is known before it runs.</summary>
    public StreamAhead? Ahead { get; init; }

    public string Fingerprint { get; init; } = "";

    public Task<Answer> Completion => completion.Task;

    public void Complete(Answer answer) => completion.TrySetResult(answer);

    public void Fail(Exception exception) => completion.TrySetException(exception);

    public Answer Replay(Receipt receipt)
    {
        if (receipt.Fingerprint != Fingerprint) return Answer.Refused(Refusals.KeyReused);
        Counters.Repeated(this);
        return receipt.Answer;
    }
}
