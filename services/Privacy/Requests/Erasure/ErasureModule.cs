using System.Text.Json.Serialization;
using EPerfect.Privacy.People;
using EPerfect.Privacy.Requests.Erasure.Reactions;
using EPerfect.ServiceDefaults;
using JasperFx.Events;
using A = EPerfect.Contracts.Accounts;
using C = EPerfect.Contracts.Privacy;
using D = EPerfect.Contracts.Domains;
using O = EPerfect.Contracts.Orders;

namespace EPerfect.Privacy.Requests.Erasure;

/// <summary>What erasing a person consists of: the order, the answers, the certificate; and the own part.</summary>
internal static class ErasureModule
{
    private const string Shredded = "personal-data-shredded";
    private const string Stopped = "erasure-stopped";

    public static ServiceDefinition WithErasure(this ServiceDefinition definition) => definition
        .Json(PersonErasureJson.Default)
        .Event<ErasureOrdered>("erasure_ordered")
        .Event<StoreErased>("store_erased")
        .Event<StoreStopped>("store_stopped")
        .Event<RecipientErased>("recipient_erased")
        .Event<ErasureProven>("erasure_proven")
        .Event<ErasureCertified>("erasure_certified")
        .Event<PersonErasureOrdered>("person_erasure_ordered")
        .Event<PersonErased>("person_erased")
        .Stream<ErasureOfPerson>()
        .Erases<PrivacyHoldings, PrivacyErasure>()
        .Deadlines(Due)
        .Runs<CertifyErasure>(CertifyErasure.Kind)
        .Publishes<C.ErasureOrdered>(C.ErasureOrdered.Name)
        .Publishes<C.ErasureCompleted>(C.ErasureCompleted.Name)
        .Publishes<C.PersonalDataShredded>(C.PersonalDataShredded.Name)
        .Publishes<C.ErasureStopped>(C.ErasureStopped.Name)
        .Reacts<A.PersonalDataShredded, ErasedInAccountsReaction>(A.PersonalDataShredded.Name, $"accounts-{Shredded}")
        .Reacts<D.PersonalDataShredded, ErasedInDomainsReaction>(D.PersonalDataShredded.Name, $"domains-{Shredded}")
        .Reacts<O.PersonalDataShredded, ErasedInOrdersReaction>(O.PersonalDataShredded.Name, $"orders-{Shredded}")
        .Reacts<C.PersonalDataShredded, ErasedInPrivacyReaction>(C.PersonalDataShredded.Name, $"privacy-{Shredded}")
        .Reacts<A.ErasureStopped, StoppedInAccountsReaction>(A.ErasureStopped.Name, $"accounts-{Stopped}")
        .Reacts<D.ErasureStopped, StoppedInDomainsReaction>(D.ErasureStopped.Name, $"domains-{Stopped}")
        .Reacts<O.ErasureStopped, StoppedInOrdersReaction>(O.ErasureStopped.Name, $"orders-{Stopped}")
        .Reacts<C.ErasureStopped, StoppedInPrivacyReaction>(C.ErasureStopped.Name, $"privacy-{Stopped}")
        .Command(VerifyCertificate.Word, VerifyCertificate.RunAsync)
        .Endpoints(app => ReadCertificate.Map(app.MapGroup("/api/privacy").WithTags("Requests")));

    public static object? Outbound(IEvent e) => e.Data switch
    {
        ErasureOrdered x => new C.ErasureOrdered(x.ErasureId, x.AccountId, x.OrderedAt, e.Version),
        PersonErased x => new C.ErasureCompleted(x.ErasureId, e.StreamId, x.HeldBack.Count == 0, x.ErasedAt, e.Version),
        _ => ErasureOutbound.Map(e),
    };

    private static IEnumerable<DeadlineChange> Due(IEvent e) => e.Data switch
    {
        ErasureProven x => [new DeadlineChange.Set(CertifyErasure.Kind, x.ProvenAt)],
        ErasureCertified or StoreStopped => [new DeadlineChange.Clear(CertifyErasure.Kind)],
        _ => [],
    };
}

[JsonSerializable(typeof(ErasureOrdered))]
[JsonSerializable(typeof(StoreErased))]
[JsonSerializable(typeof(StoreStopped))]
[JsonSerializable(typeof(RecipientErased))]
[JsonSerializable(typeof(ErasureProven))]
[JsonSerializable(typeof(ErasureCertified))]
[JsonSerializable(typeof(PersonErasureOrdered))]
[JsonSerializable(typeof(PersonErased))]
internal sealed partial class PersonErasureJson : JsonSerializerContext;
