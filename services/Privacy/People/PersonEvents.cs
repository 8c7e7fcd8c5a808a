using EPerfect.PersonalData;
using EPerfect.Privacy.Documents;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.People;

/// <summary>Names each document by its hash: what was accepted can be shown for ever.</summary>
internal sealed record PolicySetAcknowledged(
    [InClear<MadeChoices>] int PolicySet, IReadOnlyList<SetMember> Documents, string Channel, DateTimeOffset AcknowledgedAt);

/// <summary>A set was accepted that is not published yet, as far as is known here.</summary>
internal sealed record AcknowledgementPostponed(int PolicySet, DateTimeOffset AcceptedAt, DateTimeOffset CheckAt);

internal sealed record AcknowledgementRefused(int PolicySet, string Reason, DateTimeOffset RefusedAt);

/// <summary>The notice is the set of documents that was shown when the person chose.</summary>
internal sealed record ConsentChanged(
    [InClear<MadeChoices>] string Purpose,
    [InClear<MadeChoices>] bool Given,
    string Channel,
    int PolicySet,
    DateTimeOffset ChangedAt);

/// <summary>The person was told of a version of the privacy policy, at the latest of the one in this notice.</summary>
internal sealed record NoticeGiven([InClear<MadeChoices>] int PolicyVersion, string Channel, DateTimeOffset ToldAt);

/// <summary>The person objects to a purpose that rests on our interest alone (GDPR Art. 21).</summary>
internal sealed record ObjectionRaised([InClear<MadeChoices>] string Purpose, DateTimeOffset RaisedAt);

internal sealed record ObjectionWithdrawn([InClear<MadeChoices>] string Purpose, DateTimeOffset WithdrawnAt);

/// <summary>Weighed, our grounds were the compelling ones (Art. 21(1)): the purpose goes on.</summary>
internal sealed record ObjectionOverruled(
    [InClear<MadeChoices>] string Purpose, [InClear<MadeChoices>] string Ground, DateTimeOffset OverruledAt);

/// <summary>Data is kept and used for nothing but what the person agrees to and the law demands (GDPR Art. 18).</summary>
internal sealed record ProcessingRestricted([InClear<MadeChoices>] DateTimeOffset RestrictedAt);

/// <summary>The person was told that the restriction will be lifted, why and when (Art. 18(3)). The ground is one of
/// <see cref="LiftGrounds"/>.</summary>
internal sealed record RestrictionEnding(
    [InClear<MadeChoices>] string Ground, DateTimeOffset LiftAt, DateTimeOffset AnnouncedAt);

internal sealed record RestrictionLifted([InClear<MadeChoices>] DateTimeOffset LiftedAt);

/// <summary>The account is closed; the person is erased when the period is over.</summary>
internal sealed record AccountClosureNoted(DateTimeOffset ClosedAt, DateTimeOffset EraseAt);

/// <summary>The person wants the data restricted and not erased; looked at again.</summary>
internal sealed record ClosedAccountErasurePostponed(DateTimeOffset Until, DateTimeOffset PostponedAt);

/// <summary>A service has carried the order of this version out.</summary>
internal sealed record RestrictionConfirmed(string Store, bool IsRestricted, long PersonVersion, DateTimeOffset AppliedAt);

/// <summary>The person is being erased; nothing else is begun any more.</summary>
internal sealed record PersonErasureOrdered(Guid ErasureId, DateTimeOffset OrderedAt);

/// <summary>It is proven; what is held back is listed, the longest first, and erased when its time comes.</summary>
internal sealed record PersonErased(
    Guid ErasureId, IReadOnlyList<HeldBack> HeldBack, DateTimeOffset ErasedAt, bool IsFinal = false);
