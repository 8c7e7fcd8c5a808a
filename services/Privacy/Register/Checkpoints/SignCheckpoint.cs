using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Register.Checkpoints;

/// <summary>
/// Every hour the register is signed, also when it did not grow: an hour without openings is then told from a register that
/// stopped. Who must not wait signs it at once.
/// </summary>
internal sealed class SignCheckpoint(Reader reader, Writer writer, CheckpointMaker maker) : IDeadlineHandler
{
    public const string Kind = "sign-checkpoint";

    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <param name="log">The checkpoints by now.</param>
    /// <param name="last">The one that the next was made to follow.</param>
    /// <param name="next">What was made; null if nothing could be.</param>
    /// <param name="evenUnchanged">Whether to sign again what did not grow.</param>
    internal static Decision Decide(
        CheckpointLog? log, CheckpointSigned? last, CheckpointSigned? next, bool evenUnchanged) =>
        log is null ? Refusals.NotFound("register")
        // Another instance has signed in the meantime.
        : next is null || log.Last != last ? Decision.Nothing
        : last?.Size == next.Size && !evenUnchanged ? Decision.Nothing
        : Decision.Of(next);

    public async Task RunAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        var last = (await reader.LatestAsync<CheckpointLog>(CheckpointLog.StreamId, cancellationToken))?.Last;
        var next = await maker.NextAsync(last, cancellationToken);
        await writer.ChangeAsync<CheckpointLog>(
            CheckpointLog.StreamId,
            "privacy/" + Kind,
            log => Decide(log, last, next, evenUnchanged: true),
            cancellationToken);
    }

    private static async Task<IResult> Handle(
        Commands commands, Reader reader, CheckpointMaker maker, CancellationToken cancellationToken)
    {
        var last = (await reader.LatestAsync<CheckpointLog>(CheckpointLog.StreamId, cancellationToken))?.Last;
        // Made before anything is written: the signer may have to store a key first.
        var next = await maker.NextAsync(last, cancellationToken);
        return await commands.ChangeAsync<CheckpointLog>(
            CheckpointLog.StreamId, log => Decide(log, last, next, evenUnchanged: false), cancellationToken);
    }

    public static void Map(RouteGroupBuilder register) => register.MapPost("/checkpoints", Handle)
        .WithName("SignCheckpoint")
        .Allow(Access.Of(StaffRole.PrivacyOfficer | StaffRole.Legal))
        .WithSummary("Signs the register as it is now, if it grew since the last time.")
        .Produces(StatusCodes.Status204NoContent);
}
