using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Exports;

/// <summary>Makes the key of an export, and orders it of all services. While the vault is away it waits.</summary>
internal sealed class OrderExport(Reader reader, Writer writer, Deadlines deadlines, Vault vault, TimeProvider time)
    : IDeadlineHandler
{
    public const string Kind = "order-export";

    internal static Decision Decide(Export? export, ExportOrdered ordered) =>
        export is { Ordered: null, IsOver: false } ? Decision.Of(ordered) : Decision.Nothing;

    public async Task RunAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        var export = await reader.LatestAsync<Export>(deadline.StreamId, cancellationToken);
        if (export is not { Ordered: null, IsOver: false })
        {
            await deadlines.EndAsync(deadline, cancellationToken);
            return;
        }

        var (key, secret) = ExportCipher.NewKey();
        var now = time.GetUtcNow();
        var box = await vault.SealAsync(export.Id, new ExportSecret(secret), cancellationToken);
        var ordered = new ExportOrdered(export.Granted, key, box, now);
        await writer.WriteAsync(
            export.Id,
            $"privacy/{Kind}",
            async (work, token) =>
            {
                var decided = await work.ChangeAsync<Export>(export.Id, latest => Decide(latest, ordered), token);
                if (decided.Events.Count > 0) await ReceiveOwnAsync(work, ordered, token);
                return decided;
            },
            cancellationToken);
    }

    /// <summary>Privacy holds something of the person too, and answers like the others.</summary>
    private static Task<Decision> ReceiveOwnAsync(
        UnitOfWork work, ExportOrdered ordered, CancellationToken cancellationToken)
    {
        var order = ordered.Order;
        return work.ReceiveExportAsync(
            DeterministicId.From(order.ExportId, "privacy"),
            new ExportReceived(
                order.ExportId, order.AccountId, order.LoginId, order.Kind, ordered.Key, ordered.OrderedAt),
            cancellationToken);
    }
}
