using System.Text.Json.Serialization;
using EPerfect.PersonalData;
using EPerfect.Privacy.Documents;
using EPerfect.Privacy.People;

namespace EPerfect.Privacy.Partners.Sandbox;

/// <summary>On the partner's stream: one of its people, so that others' do not exist for it.</summary>
internal sealed record SyntheticPersonAdded(Guid PersonId, DateTimeOffset AddedAt);

/// <summary>
/// On the person's stream: nobody, who accepted the documents in force and agreed to sharing. Events of their own, which no
/// other service hears of and from which nothing begins: no mail, no deadline, no erasure elsewhere, no line in a statistic.
/// </summary>
internal sealed record SyntheticPersonMade(
    Guid PartnerId,
    [InClear<MadeChoices>] int PolicySet,
    IReadOnlyList<SetMember> Documents,
    DateTimeOffset MadeAt)
{
    [JsonIgnore]
    public PolicySetAcknowledged Accepted => new(PolicySet, Documents, Channels.Sandbox, MadeAt);

    [JsonIgnore]
    public ConsentChanged Consent => new(Purposes.PartnerSharing, Given: true, Channels.Sandbox, PolicySet, MadeAt);
}

/// <summary>The synthetic person agrees to sharing no more.</summary>
internal sealed record SyntheticConsentWithdrawn([InClear<MadeChoices>] int PolicySet, DateTimeOffset WithdrawnAt)
{
    [JsonIgnore]
    public ConsentChanged Consent => new(Purposes.PartnerSharing, Given: false, Channels.Sandbox, PolicySet, WithdrawnAt);
}

/// <summary>The synthetic person's account is closed: it orders nothing any more.</summary>
internal sealed record SyntheticAccountClosed(DateTimeOffset ClosedAt);

/// <summary>Nothing is told of the synthetic person any more.</summary>
internal sealed record SyntheticPersonErased(Guid ErasureId, DateTimeOffset ErasedAt)
{
    [JsonIgnore]
    public PersonErasureOrdered Order => new(ErasureId, ErasedAt);
}
