using EPerfect.Privacy.Documents;
using EPerfect.Privacy.People;
using EPerfect.Privacy.Register.Keys;
using EPerfect.Privacy.Requests.Erasure;
using JasperFx.Events;
using C = EPerfect.Contracts.Privacy;

namespace EPerfect.Privacy;

/// <summary>What other services learn: which documents are in force, who accepted them, who allows what.</summary>
internal static class Outbound
{
    public static object? Map(IEvent e) => e.Data switch
    {
        PolicySetPublished x => new C.PolicySetPublished(
            x.PolicySet,
            [.. x.Documents.Select(member => new C.DocumentReference(member.Document, member.Version, member.Sha256))],
            x.EffectiveAt,
            e.Version),
        PolicySetAcknowledged x => new C.PolicySetAcknowledged(e.StreamId, x.PolicySet, x.AcknowledgedAt, e.Version),
        ConsentChanged x => new C.ConsentChanged(e.StreamId, x.Purpose, x.Given, x.ChangedAt, e.Version),
        NoticeDue x => new C.NoticeDue(x.Kind, x.Version, x.Materiality, x.EffectiveAt, e.Version),
        OpeningKeyMade x => new C.OpeningKeyPublished(x.KeyId, x.X, x.Y, x.MadeAt, e.Version),
        _ => ErasureModule.Outbound(e),
    };
}
