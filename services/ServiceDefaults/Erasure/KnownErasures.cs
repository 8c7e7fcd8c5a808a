using System.Runtime.CompilerServices;
using EPerfect.PersonalData;
using Marten;

namespace EPerfect.ServiceDefaults;

/// <summary>The erasures that this service's own events tell of: keys that came back with a restored key database are
/// destroyed again by them.</summary>
internal sealed class KnownErasures(IDocumentStore store) : IErasureLedgerSource
{
    public async IAsyncEnumerable<LedgerEntry> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        await foreach (var erasure in session.Query<KnownErasure>().ToAsyncEnumerable(cancellationToken))
        {
            foreach (var entry in erasure.Gone) yield return entry;
        }
    }
}
