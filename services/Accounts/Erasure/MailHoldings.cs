using System.Runtime.CompilerServices;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Accounts.Erasure;

/// <summary>What was written to a login, and what became of it.</summary>
internal sealed class MailHoldings(IDocumentSession session)
{
    public async IAsyncEnumerable<Holding> OfAsync(
        Guid login, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var mail in await session.StreamsAsync("mail_requested", "subject", login, cancellationToken))
        {
            await foreach (var held in session.Events.HoldingsAsync(mail, cancellationToken)) yield return held;
        }
    }
}
