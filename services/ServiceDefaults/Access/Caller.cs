using System.Collections.Immutable;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EPerfect.ServiceDefaults;

/// <summary>Who makes the request, as the token says. Taken down when it is first asked for, since decisions run on
/// another thread.</summary>
public sealed partial class Caller
{
    private readonly Access? access;
    private readonly ClaimsPrincipal user;
    private readonly ILogger<Caller> logger;

    /// <summary>The caller of the current request; outside of one, nobody.</summary>
    /// <param name="accessor">Knows the request.</param>
    /// <param name="logger">Hears who was refused what is there.</param>
    public Caller(IHttpContextAccessor accessor, ILogger<Caller> logger)
    {
        this.logger = logger;
        var http = accessor.HttpContext;
        (user, access) = (http?.User ?? new ClaimsPrincipal(), http?.GetEndpoint()?.Metadata.GetMetadata<Access>());
        Accounts = user.FindAll("accounts")
            .Select(claim => claim.Value.Split(':'))
            .Where(parts => parts.Length == 2 && Guid.TryParseExact(parts[0], "D", out _))
            .GroupBy(parts => Guid.ParseExact(parts[0], "D"), parts => RoleNames.Member(parts[1]))
            .ToImmutableDictionary(roles => roles.Key, roles => roles.Aggregate((one, other) => one | other));
    }

    /// <summary>For histories: <c>user/{id}</c>, <c>client/{id}</c>, or <c>anonymous</c> at a public endpoint.</summary>
    public string Actor => Subject is not { } subject ? "anonymous" : UserId is null ? $"client/{subject}" : $"user/{subject}";

    /// <summary>The person who is signed in; null for a program.</summary>
    public Guid? UserId => Guid.TryParseExact(Subject, "D", out var id) && Subject != Claim("client_id") ? id : null;

    /// <summary>When the person last proved who they are; null for a program, and if the token does not say.</summary>
    public DateTimeOffset? SignedInAt =>
        long.TryParse(Claim("auth_time"), out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>Whether it was proven by more than a password (RFC 8176).</summary>
    public bool HasSecondFactor => user.FindAll("amr").Any(method => method.Value is "mfa" or "hwk");

    /// <summary>What the caller is to which accounts.</summary>
    public IReadOnlyDictionary<Guid, MemberRole> Accounts { get; }

    /// <summary>The partner whose program it is; null for anybody else.</summary>
    public Guid? Partner => Guid.TryParseExact(Claim("partner"), "D", out var id) ? id : null;

    /// <summary>What the caller is to the company.</summary>
    public StaffRole Staff =>
        user.FindAll("staff").Aggregate(StaffRole.None, (roles, claim) => roles | RoleNames.Staff(claim.Value));

    /// <summary>For histories: what lets the caller in here; of staff and member, who is both, staff.</summary>
    internal string? Role => access switch
    {
        null or { IsPublic: true } => null,
        _ when (access.Staff & Staff) is not StaffRole.None and var staff => RoleNames.Of(staff),
        _ when (access.Members & Accounts.Values.Aggregate(MemberRole.None, (all, one) => all | one))
            is not MemberRole.None and var member => RoleNames.Of(member),
        _ => null,
    };

    private string? Subject => Claim("sub");

    /// <summary>Why the endpoint's access does not reach to this account: a foreign thing is answered exactly like an
    /// unknown one, and a member whose role does not suffice hears that.</summary>
    /// <param name="account">The account that the thing belongs to.</param>
    /// <param name="what">The kind of thing, such as <c>order</c>.</param>
    /// <returns>Null when the caller may.</returns>
    public Refusal? WhyNot(Guid? account, string what) =>
        WhyNot(account is { } id ? Accounts.GetValueOrDefault(id) : MemberRole.None, what);

    /// <summary>Why the caller does not get to this: by the token, and where the thing knows better, by that.</summary>
    /// <typeparam name="T">The kind of thing.</typeparam>
    /// <param name="thing">The thing; null if there is none.</param>
    /// <returns>Null when there is one and the caller may.</returns>
    public Refusal? WhyNot<T>(T? thing)
        where T : class, IOwned
    {
        var what = typeof(T).Name.ToLowerInvariant();
        if (thing is null) return Refusals.NotFound(what);
        if (access is { IsOfPartner: true } && thing.PartnerId is { } partner && partner == Partner) return null;
        return WhyNot(thing.AccountId, what)
            ?? (Guid.TryParseExact(Subject, "D", out var id) && thing.RoleOf(id) is { } role ? WhyNot(role, what) : null);
    }

    /// <summary>Owns the account, or is a program that its owner let in.</summary>
    internal bool IsThePersonOf(Guid account) =>
        (Accounts.GetValueOrDefault(account) & (MemberRole.Owner | MemberRole.Client)) != MemberRole.None;

    /// <summary>In which role the endpoint lets the caller to this account: as a member, if it does.</summary>
    internal (string Name, bool IsStaff) RoleFor(Guid account) =>
        (access!.Members & Accounts.GetValueOrDefault(account), access.Staff & Staff) switch
        {
            (not MemberRole.None and var member, _) => (RoleNames.Of(member), false),
            (_, not StaffRole.None and var staff) => (RoleNames.Of(staff), true),
            _ => throw new InvalidOperationException("This endpoint lets the caller in on no role."),
        };

    private Refusal? WhyNot(MemberRole role, string what)
    {
        if (access is null) throw new InvalidOperationException("This endpoint does not say who may use it.");
        if (access.IsPublic || (access.Staff & Staff) != StaffRole.None) return null;
        if ((access.Members & role) != MemberRole.None) return null;
        var isForeign = role == MemberRole.None;
        LogRefused(what, Actor, isForeign ? "of others" : Refusals.RoleInsufficient.Code);
        return isForeign ? Refusals.NotFound(what) : Refusals.RoleInsufficient;
    }

    /// <summary>The answer does not tell a foreign thing from none; the log does (OWASP ASVS 16.3.2).</summary>
    [LoggerMessage(Level = LogLevel.Information, Message = "{Thing} refused to {Actor}: {Why}")]
    private partial void LogRefused(string thing, string actor, string why);

    internal bool HasScope(string scope) =>
        user.FindAll("scope").Any(claim => claim.Value.Split(' ').Contains(scope, StringComparer.Ordinal));

    private string? Claim(string type) => user.FindFirstValue(type);
}
