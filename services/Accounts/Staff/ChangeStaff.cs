using EPerfect.Accounts.Credentials;
using EPerfect.ServiceDefaults;
using Microsoft.AspNetCore.Identity;

namespace EPerfect.Accounts.Staff;

internal sealed record AppointStaffRequest(Guid LoginId, IReadOnlyList<string> Roles);

internal sealed record ChangeStaffRequest(IReadOnlyList<string> Roles);

/// <summary>Appoints, changes and dismisses. Each is the same when repeated.</summary>
internal sealed class ChangeStaff(
    Writer writer, UserManager<Login> users, Authenticators authenticators, Caller caller, TimeProvider time)
{
    private async Task<IResult> AppointAsync(AppointStaffRequest request, CancellationToken ct) =>
        request.Roles.Count == 0 ? Problems.From(NoRoles)
        : await users.FindByIdAsync(request.LoginId.ToString("D")) is not { } login ? Problems.From(NoLogin)
        // Else whoever knows the password, and comes first, adds a factor of their own and is staff.
        : !await authenticators.HasAnyAsync(login) ? Problems.From(NoFactor)
        : await WriteAsync(
            (work, who, ct) => StaffRoster.AppointAsync(work, who, request.LoginId, request.Roles, time.GetUtcNow(), ct), ct);

    /// <summary>Appoints nobody: what an appointment asks for would be left out.</summary>
    private Task<IResult> ChangeAsync(Guid loginId, IReadOnlyList<string> roles, CancellationToken ct) =>
        WriteAsync((work, who, ct) => StaffRoster.ChangeAsync(work, who, loginId, roles, time.GetUtcNow(), ct), ct);

    private async Task<IResult> WriteAsync(
        Func<UnitOfWork, Guid, CancellationToken, Task<Decision>> change, CancellationToken ct)
    {
        // A program is no operator.
        if (caller.UserId is not { } who) return Problems.From(Refusals.RoleInsufficient);
        var decided = await writer.WriteAsync(StaffRoster.TheOne, caller, (work, ct) => change(work, who, ct), ct);
        return decided.Refusal is { } refusal ? Problems.From(refusal) : Results.NoContent();
    }

    private static readonly Refusal NoRoles = new(422, "staff-roles-missing", "Who is appointed gets a role.", "/roles");
    private static readonly Refusal NoLogin = new(422, "login-unknown", "Only who can sign in is appointed.", "/loginId");

    private static readonly Refusal NoFactor = new(
        422,
        "staff-factor-missing",
        "Only who signs in with a second factor is appointed: the person adds one at /identity/security.",
        "/loginId");

    public static void Map(RouteGroupBuilder staff)
    {
        staff.MapPost("", (AppointStaffRequest request, ChangeStaff change, CancellationToken ct) =>
                change.AppointAsync(request, ct))
            .WithName("AppointStaff")
            .WithSummary("Makes somebody who can sign in a member of staff.");
        staff.MapPut("/{loginId:guid}", (Guid loginId, ChangeStaffRequest request, ChangeStaff change, CancellationToken ct) =>
                request.Roles.Count == 0
                    ? Task.FromResult(Problems.From(NoRoles))
                    : change.ChangeAsync(loginId, request.Roles, ct))
            .WithName("ChangeStaffRoles")
            .WithSummary("Replaces the roles of who is staff. They hold for tokens issued afterwards.");
        staff.MapDelete("/{loginId:guid}", (Guid loginId, ChangeStaff change, CancellationToken ct) =>
                change.ChangeAsync(loginId, [], ct))
            .WithName("DismissStaff")
            .WithSummary("Takes all roles away; the last operator stays.");
    }
}
