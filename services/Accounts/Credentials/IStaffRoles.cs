namespace EPerfect.Accounts.Credentials;

/// <summary>Who works here needs a second factor.</summary>
internal interface IStaffRoles
{
    Task<bool> IsStaffAsync(Guid loginId, CancellationToken cancellationToken);
}
