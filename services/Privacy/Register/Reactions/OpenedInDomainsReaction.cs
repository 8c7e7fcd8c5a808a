using EPerfect.Privacy.Register.Recording;
using EPerfect.ServiceDefaults;
using D = EPerfect.Contracts.Domains;

namespace EPerfect.Privacy.Register.Reactions;

/// <summary>Domains opened data of a person for somebody else: the register takes it down.</summary>
internal sealed class OpenedInDomainsReaction(RecordOpening register) : IReaction<D.PersonalDataOpened>
{
    public Guid StreamOf(D.PersonalDataOpened message) => message.OpeningId;

    public Task ReactAsync(UnitOfWork work, D.PersonalDataOpened message, CancellationToken cancellationToken) =>
        register.RecordAsync(
            work,
            new OpeningRecorded(message.OpeningId, message.AccountId, "domains", message.OpenedAt, Details: null),
            message.Actor.Length == 0 ? null : new OpeningDetails(
                message.Actor, message.Role, message.Groups, message.Purpose, message.Ground, message.Resource),
            cancellationToken);
}
