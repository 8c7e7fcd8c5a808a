using System.Globalization;
using System.Runtime.CompilerServices;
using EPerfect.PersonalData;
using Marten;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>An erasure that the vault has done, kept apart from its keys.</summary>
/// <param name="Id">The same for a repeat.</param>
/// <param name="ShreddedAt">When.</param>
/// <param name="Entry">It.</param>
internal sealed record KeptErasure(Guid Id, DateTimeOffset ShreddedAt, LedgerEntry Entry)
{
    public static KeptErasure Of(LedgerEntry entry) => new(
        DeterministicId.From(
            entry.ErasureId, string.Create(CultureInfo.InvariantCulture, $"{entry.Subject:N} {(int)entry.Group}")),
        entry.ShreddedAt,
        entry);
}

/// <summary>
/// Keeps a copy of the vault's list of erasures in the service's own database, by whichever rule they were done: a person's
/// erasure, an invitation that nobody took, an export that is over. A key database that is restored gets none of these keys
/// back. What is older than any backup that can still be read is kept no longer.
/// </summary>
internal sealed class LedgerCopy(
    IDocumentStore store,
    NpgsqlDataSource database,
    Vault vault,
    RotationPeriod rotates,
    TimeProvider clock,
    ILogger<LedgerCopy> logger)
    : PeriodicWork(TimeSpan.FromMinutes(10), clock, logger), IErasureLedgerSource
{
    /// <summary>Clocks differ, and transactions take their time.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    /// <summary>What wrapped a key is destroyed when the second epoch after it begins; each may begin late.</summary>
    private DateTimeOffset? Needed => Clock.GetUtcNow() - (2 * rotates.Length) - TimeSpan.FromDays(1);

    public async IAsyncEnumerable<LedgerEntry> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Read before the tables are laid. Where there is none yet, several instances that start at once would all make it here.
        await using var table = database.CreateCommand($"select to_regclass('{MartenBaseline.Schema}.mt_doc_kepterasure')::text");
        if (await table.ExecuteScalarAsync(cancellationToken) is not string) yield break;
        await using var session = store.QuerySession();
        await foreach (var kept in session.Query<KeptErasure>().ToAsyncEnumerable(cancellationToken)) yield return kept.Entry;
    }

    internal async Task CopyAsync(CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        var last = await session.Query<KeptErasure>()
            .OrderByDescending(one => one.ShreddedAt).FirstOrDefaultAsync(cancellationToken);
        var since = last?.ShreddedAt - Overlap ?? Needed ?? DateTimeOffset.MinValue;
        foreach (var entry in await vault.LedgerAsync(since, cancellationToken)) session.Store(KeptErasure.Of(entry));
        if (Needed is { } needed) session.DeleteWhere<KeptErasure>(one => one.ShreddedAt < needed);
        await session.SaveChangesAsync(cancellationToken);
    }

    protected override Task DoAsync(CancellationToken cancellationToken) => CopyAsync(cancellationToken);
}
