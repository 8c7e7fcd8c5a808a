using EPerfect.Privacy.Register.Recording;
using EPerfect.ServiceDefaults;
using A = EPerfect.Contracts.Accounts;

namespace EPerfect.Privacy.Register.Reactions;

/// <summary>Accounts opened data of a person for somebody else: the register takes it down.</summary>
internal sealed class OpenedInAccountsReaction(RecordOpening register) : IReaction<A.PersonalDataOpened>
{
    public Guid StreamOf(A.PersonalDataOpened message) => message.OpeningId;

    public Task ReactAsync(UnitOfWork work, A.PersonalDataOpened message, CancellationToken cancellationToken) =>
        register.RecordAsync(
            work,
            new OpeningRecorded(message.OpeningId, message.AccountId, "accounts", message.OpenedAt, Details: null),
            message.Actor.Length == 0 ? null : new OpeningDetails(
                message.Actor, message.Role, message.Groups, message.Purpose, message.Ground, message.Resource),
            cancellationToken);
}
