using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EPerfect.ServiceDefaults;

/// <summary>Scope, role, and the account that the address names. What belongs to whom inside a service is asked again
/// by <see cref="Reader"/> and <see cref="Commands"/>.</summary>
internal sealed class AccessHandler(ServiceDefinition service, Caller caller) : AuthorizationHandler<Access>
{
    /// <summary>The parameter that names the account, in the path or in the query.</summary>
    public const string Account = "accountId";

    private const string Partner = "partnerId";

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Access requirement)
    {
        // Who is nobody is asked to sign in, not told what is missing.
        if (context is not { User.Identity.IsAuthenticated: true, Resource: HttpContext http }) return Task.CompletedTask;
        if (WhyNot(requirement, http) is { } refusal) context.Fail(new AccessRefused(this, refusal));
        else context.Succeed(requirement);
        return Task.CompletedTask;
    }

    private Refusal? WhyNot(Access access, HttpContext http)
    {
        if (access.IsOfPartner && (caller.Partner is not null || access.Staff == StaffRole.None))
            return WhyNotPartner(http);
        var read = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        var scope = $"{service.Name}:{(read ? "read" : "write")}";
        if (!access.IsSignal && !service.KeepsNothing && !caller.HasScope(scope)) return Refusals.ScopeMissing(scope);
        if (access.Members == MemberRole.None)
        {
            return access.Staff == StaffRole.None || (access.Staff & caller.Staff) != StaffRole.None
                ? null
                : Refusals.RoleInsufficient;
        }

        var named = http.GetRouteValue(Account)?.ToString() ?? http.Request.Query[Account].ToString();
        return Guid.TryParse(named, out var account) ? caller.WhyNot(account, "account") : null;
    }

    private Refusal? WhyNotPartner(HttpContext http) =>
        caller.Partner is not { } partner || !caller.HasScope(Access.PartnerScope) ? Refusals.ScopeMissing(Access.PartnerScope)
        : http.GetRouteValue(Partner) is { } named && (!Guid.TryParse(named.ToString(), out var id) || id != partner)
            ? Refusals.NotFound("partner")
        : null;
}
