using EPerfect.Accounts.Credentials;
using Marten;

namespace EPerfect.Accounts.Staff;

internal sealed class StaffRoles(IDocumentSession session) : IStaffRoles
{
    public async Task<bool> IsStaffAsync(Guid loginId, CancellationToken cancellationToken) =>
        await session.Events.FetchLatest<StaffMember>(loginId, cancellationToken) is { Roles.Count: > 0 };
}
