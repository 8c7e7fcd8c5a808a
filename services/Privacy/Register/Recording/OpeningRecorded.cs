using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Register.Recording;

/// <summary>
/// An opening stands in the register. Who looked, at what and why is sealed for the person whose data it was: when the
/// person is erased, the entry stays, unreadable, and all proofs hold.
/// </summary>
/// <param name="OpeningId">The opening, and its stream.</param>
/// <param name="AccountId">Whose data.</param>
/// <param name="Service">Which service opened it.</param>
/// <param name="OpenedAt">When.</param>
/// <param name="Details">Null if the person was erased before it could be recorded.</param>
internal sealed record OpeningRecorded(
    Guid OpeningId, Guid AccountId, string Service, DateTimeOffset OpenedAt, Sealed<OpeningDetails>? Details);

/// <summary>One opening's stream: whether it is recorded.</summary>
internal sealed record RecordedOpening(Guid Id)
{
    public static RecordedOpening Create(OpeningRecorded e) => new(e.OpeningId);
}
