using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Exports;

/// <summary>The time of an export is over: destroys its key, and with that every part of it, wherever it rests.</summary>
internal sealed class EndExport(Vault vault, Writer writer, TimeProvider time) : IDeadlineHandler
{
    public const string Kind = "end-export";

    /// <summary>As long as it can be fetched.</summary>
    public static readonly Retention Retention = new(
        "export", RetentionTrigger.ExportReady, "P7D", "what was asked for was handed over, and is a danger from then on");

    /// <param name="export">The export.</param>
    /// <param name="reason">Why it ends; what was called off before ends as that.</param>
    /// <param name="now">When.</param>
    internal static Decision Decide(Export? export, string reason, DateTimeOffset now) => export is { Ended: null }
        ? Decision.Of(new ExportEnded(export.CalledOff is null ? reason : ExportEnds.CalledOff, now))
        : Decision.Nothing;

    public async Task RunAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        var id = deadline.StreamId;
        // What a legal hold keeps of it goes when that ends; till then nobody is handed it either.
        var shredding = await vault.ShredAsync(id, ExportSecret.Declared.Group, id, cancellationToken);
        await writer.WriteAsync(
            id,
            $"privacy/{Kind}",
            async (work, token) =>
            {
                var now = time.GetUtcNow();
                var decided = await EndAsync(work, id, ExportEnds.Expired, now, token);
                if (decided.Events is [ExportEnded { Reason: ExportEnds.Expired }] && shredding is Shredding.Done)
                    await work.TellAsync(new RetentionApplied(Retention.Rule, Retention.Period, Removed: 1, now), token);
                return decided;
            },
            cancellationToken);
    }

    /// <summary>Takes note of it, and deletes the parts that are kept here.</summary>
    public static Task<Decision> EndAsync(
        UnitOfWork work, Guid exportId, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        work.Session.DeleteWhere<KeptPart>(part => part.ExportId == exportId);
        return work.ChangeAsync<Export>(exportId, export => Decide(export, reason, now), cancellationToken);
    }
}
