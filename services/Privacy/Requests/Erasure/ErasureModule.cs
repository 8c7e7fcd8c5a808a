using System.Text.Json.Serialization;
using EPerfect.Contracts;
using EPerfect.Privacy.People;
using EPerfect.Privacy.People.Reactions;
using EPerfect.Privacy.Requests.Erasure.Reactions;
using EPerfect.Privacy.Requests.Erasure.Recipients;
using EPerfect.ServiceDefaults;
using JasperFx.Events;
using JasperFx.Events.Projections;
using A = EPerfect.Contracts.Accounts;
using C = EPerfect.Contracts.Privacy;
using D = EPerfect.Contracts.Domains;
using O = EPerfect.Contracts.Orders;

namespace EPerfect.Privacy.Requests.Erasure;

/// <summary>What erasing a person consists of: the order, the answers, the certificate; and the own part.</summary>
internal static class ErasureModule
{
    public static ServiceDefinition WithErasure(this ServiceDefinition definition) => definition
        .Json(PersonErasureJson.Default)
        .Event<ErasureOrdered>("erasure_ordered")
        .Event<StoreErased>("store_erased")
        .Event<StoreStopped>("store_stopped")
        .Event<FoundPlaceAccepted>("found_place_accepted")
        .Event<RecipientsTold>("recipients_told")
        .Event<RecipientGivenTime>("recipient_given_time")
        .Event<RecipientErased>("recipient_erased")
        .Event<RecipientOverdue>("recipient_overdue")
        .Event<ErasureProven>("erasure_proven")
        .Event<ErasureCertified>("erasure_certified")
        .Event<PersonErasureOrdered>("person_erasure_ordered")
        .Event<PersonErased>("person_erased")
        .Event<AccountClosureNoted>("account_closure_noted")
        .Event<ClosedAccountErasurePostponed>("closed_account_erasure_postponed")
        .Stream<ErasureOfPerson>()
        .Marten(options =>
        {
            options.Projections.Snapshot<UnansweredErasure>(SnapshotLifecycle.Inline);
            options.Schema.For<UnansweredErasure>().Index(line => line.AnswerBy);
        })
        .Erases<PrivacyHoldings, PrivacyErasure>()
        .Deadlines(Due)
        .Deadlines(e => EraseClosedAccount.DeadlinesOf(e.Data))
        .Runs<EraseClosedAccount>(EraseClosedAccount.Kind)
        .Retains<EraseClosedAccount>(RetentionRules.ClosedAccount)
        .Reacts<A.AccountClosed, AccountClosedReaction>(A.AccountClosed.Name)
        .Runs<CertifyErasure>(CertifyErasure.Kind)
        .Runs<TellRecipients>(TellRecipients.Kind)
        .Runs<SuspendMuteRecipient>(SuspendMuteRecipient.Kind)
        .Publishes<C.ErasureOrdered>(C.ErasureOrdered.Name)
        .Publishes<C.FoundInClearAccepted>(C.FoundInClearAccepted.Name)
        .Publishes<C.ErasureCompleted>(C.ErasureCompleted.Name, mayGoUnheard: true)
        .AnswersErasures<C.PersonalDataShredded, C.ErasureStopped>()
        .Hears<A.PersonalDataShredded, A.ErasureStopped>()
        .Hears<D.PersonalDataShredded, D.ErasureStopped>()
        .Hears<O.PersonalDataShredded, O.ErasureStopped>()
        .Hears<C.PersonalDataShredded, C.ErasureStopped>()
        .Command(VerifyCertificate.Word, VerifyCertificate.RunAsync)
        .Endpoints(app =>
        {
            var privacy = app.MapGroup("/api/privacy").WithTags("Requests");
            ReadCertificate.Map(privacy);
            AcceptFoundPlace.Map(privacy);
            RecordAnswer.Map(privacy);
            ListUnansweredErasures.Map(privacy);
        });

    public static object? Outbound(IEvent e) => e.Data switch
    {
        ErasureOrdered x => new C.ErasureOrdered(x.ErasureId, x.AccountId, x.OrderedAt, e.Version),
        PersonErased x => new C.ErasureCompleted(x.ErasureId, e.StreamId, x.IsFinal, x.ErasedAt, e.Version),
        FoundPlaceAccepted x => new C.FoundInClearAccepted(
            e.StreamId, x.Store, x.Place.Table, x.Place.Column, x.Place.Path, x.Place.Rows, x.Place.Ground, x.AcceptedAt,
            e.Version),
        _ => null,
    };

    private static ServiceDefinition Hears<TShredded, TStopped>(this ServiceDefinition definition)
        where TShredded : C.ShreddedAnswer, IContract
        where TStopped : C.StoppedAnswer, IContract => definition
            .Reacts<TShredded, ErasedReaction<TShredded>>(TShredded.WireName, Named(TShredded.WireName))
            .Reacts<TStopped, StoppedReaction<TStopped>>(TStopped.WireName, Named(TStopped.WireName));

    /// <summary>Four say the same: each has a queue of its own.</summary>
    private static string Named(string wireName) => string.Join('-', wireName.Split('.')[..2]);

    private static IEnumerable<DeadlineChange> Due(IEvent e) => e.Data switch
    {
        ErasureOrdered x => [new DeadlineChange.Set(TellRecipients.Kind, x.OrderedAt)],
        RecipientsTold x =>
        [
            new DeadlineChange.Clear(TellRecipients.Kind),
            .. x.Recipients.Select(one => AnswerBy(one.PartnerId, x.AnswerBy)),
        ],
        RecipientGivenTime x => [AnswerBy(x.PartnerId, x.AnswerBy)],
        RecipientErased x => [NoMore(x.PartnerId)],
        RecipientOverdue x => [NoMore(x.PartnerId)],
        ErasureProven x => [new DeadlineChange.Set(CertifyErasure.Kind, x.ProvenAt)],
        ErasureCertified or StoreStopped => [new DeadlineChange.Clear(CertifyErasure.Kind)],
        _ => [],
    };

    private static DeadlineChange.Set AnswerBy(Guid partner, DateTimeOffset by) =>
        new(SuspendMuteRecipient.Kind, by, SuspendMuteRecipient.Argument(partner));

    private static DeadlineChange.Clear NoMore(Guid partner) =>
        new(SuspendMuteRecipient.Kind, SuspendMuteRecipient.Argument(partner));
}

[JsonSerializable(typeof(ErasureOrdered))]
[JsonSerializable(typeof(StoreErased))]
[JsonSerializable(typeof(StoreStopped))]
[JsonSerializable(typeof(FoundPlaceAccepted))]
[JsonSerializable(typeof(RecipientsTold))]
[JsonSerializable(typeof(RecipientGivenTime))]
[JsonSerializable(typeof(RecipientErased))]
[JsonSerializable(typeof(RecipientOverdue))]
[JsonSerializable(typeof(ErasureProven))]
[JsonSerializable(typeof(ErasureCertified))]
[JsonSerializable(typeof(PersonErasureOrdered))]
[JsonSerializable(typeof(PersonErased))]
[JsonSerializable(typeof(AccountClosureNoted))]
[JsonSerializable(typeof(ClosedAccountErasurePostponed))]
internal sealed partial class PersonErasureJson : JsonSerializerContext;
