namespace EPerfect.Contracts.Accounts;

/// <summary>Sealed data of an account, its holder, members, invitations or programs, was opened for somebody other than the
/// person. Privacy keeps the register of it, in which the person reads it.</summary>
/// <param name="OpeningId">The opening.</param>
/// <param name="AccountId">The account whose data it is.</param>
/// <param name="Actor">Who: <c>user/{id}</c> or <c>client/{id}</c>, an opaque id. Empty, like all that follows but the time, if
/// the person was erased before this was sent.</param>
/// <param name="Role">In which role, such as <c>technical</c> or <c>staff/support</c>.</param>
/// <param name="Groups">Which groups of data: <c>identity</c>, <c>contact</c>, <c>billing</c>, <c>communications</c>,
/// <c>logs</c>, <c>marketing</c>.</param>
/// <param name="Purpose">What for, such as <c>support</c> or <c>membership</c>.</param>
/// <param name="Ground">Because of what: a reference such as <c>ticket:4711</c>.</param>
/// <param name="Resource">What was read: the operation and the ids in its address.</param>
/// <param name="OpenedAt">When, in UTC.</param>
/// <param name="StreamVersion">Always 1: an opening is alone in its stream.</param>
public sealed record PersonalDataOpened(
    Guid OpeningId,
    Guid AccountId,
    string Actor,
    string Role,
    IReadOnlyList<string> Groups,
    string Purpose,
    string Ground,
    string Resource,
    DateTimeOffset OpenedAt,
    long StreamVersion)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "accounts.personal-data-opened.v1";
}
