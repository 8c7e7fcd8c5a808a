namespace EPerfect.Accounts.Staff;

/// <param name="LoginId">Who.</param>
/// <param name="Roles">Of support, billing, privacy-officer, legal, operator.</param>
/// <param name="AppointedAt">When.</param>
internal sealed record StaffAppointed(Guid LoginId, IReadOnlyList<string> Roles, DateTimeOffset AppointedAt);

internal sealed record StaffRolesChanged(IReadOnlyList<string> Roles, DateTimeOffset ChangedAt);

internal sealed record StaffDismissed(DateTimeOffset DismissedAt);
