using EPerfect.Privacy.Documents;

namespace EPerfect.Privacy.People;

/// <summary>Names each document by its hash: what was accepted can be shown for ever.</summary>
internal sealed record PolicySetAcknowledged(
    int PolicySet, IReadOnlyList<SetMember> Documents, string Channel, DateTimeOffset AcknowledgedAt);

/// <summary>A set was accepted that is not published yet, as far as is known here.</summary>
internal sealed record AcknowledgementPostponed(int PolicySet, DateTimeOffset AcceptedAt, DateTimeOffset CheckAt);

internal sealed record AcknowledgementRefused(int PolicySet, string Reason, DateTimeOffset RefusedAt);

/// <summary>The notice is the set of documents that was shown when the person chose.</summary>
internal sealed record ConsentChanged(
    string Purpose, bool Given, string Channel, int PolicySet, DateTimeOffset ChangedAt);
