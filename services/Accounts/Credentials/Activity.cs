using System.Net;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace EPerfect.Accounts.Credentials;

/// <summary>What a person reads in the own history. Stable words.</summary>
internal static class ActivityKinds
{
    public const string SignedUp = "signed-up";
    public const string SignedIn = "signed-in";
    public const string SignInFailed = "sign-in-failed";
    public const string SecondFactorFailed = "second-factor-failed";
    public const string SignedOutEverywhere = "signed-out-everywhere";
    public const string PasswordChanged = "password-changed";
    public const string PasswordReset = "password-reset";
    public const string AddressChanged = "address-changed";
    public const string AuthenticatorAdded = "authenticator-added";
    public const string AuthenticatorRemoved = "authenticator-removed";
    public const string PasskeyAdded = "passkey-added";
    public const string PasskeyRemoved = "passkey-removed";
    public const string RecoveryCodesMade = "recovery-codes-made";
    public const string RecoveryCodeUsed = "recovery-code-used";

    /// <summary>What an attacker can make happen at will.</summary>
    public static bool IsFailure(string kind) => kind is SignInFailed or SecondFactorFailed;
}

/// <param name="Id">The entry.</param>
/// <param name="Kind">What happened, one of <see cref="ActivityKinds"/>.</param>
/// <param name="At">When; the first time, if it is counted.</param>
/// <param name="Times">How often within the hour.</param>
/// <param name="Address">The network address it came from.</param>
internal sealed record Happening(Guid Id, string Kind, DateTimeOffset At, int Times, string? Address)
{
    /// <summary>Never the address.</summary>
    public override string ToString() => $"{Kind} {At:O}";
}

/// <summary>
/// Keeps what happened to a login, with the address it came from sealed. Failures of one hour from one address are one
/// entry with a count; those from the twenty-first address on share one without an address, so that an attack does not
/// write without bound.
/// </summary>
internal sealed class Activity(IdentityDatabase database, Vault vault, TimeProvider clock)
{
    /// <summary>The policy keeps logs for 90 days.</summary>
    public static readonly Retention Retention =
        new("activity", RetentionTrigger.EntryWritten, "P90D", "long enough to notice what was not the person's");

    public const int MostAddresses = 20;

    /// <summary>Failures with an address that nobody signs in with: counted too, or less would be done for them, which takes
    /// less time. From where they came is not kept.</summary>
    public static readonly Guid Nobody = new("00000000-0000-7000-8000-000000000000");

    private const string Nowhere = "nowhere";

    private static readonly TimeSpan Together = TimeSpan.FromHours(1);

    public async Task RecordAsync(HttpContext http, Guid loginId, string kind, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var from = loginId == Nobody ? Nowhere : AddressOf(http);
        if (ActivityKinds.IsFailure(kind))
        {
            var since = now - Together;
            var failures = await OpenAsync(
                database.Activity.Where(entry => entry.LoginId == loginId && entry.Kind == kind && entry.At > since),
                cancellationToken);
            if (failures.Count >= MostAddresses && failures.All(one => one.Address != from)) from = null;
            if (failures.FirstOrDefault(one => one.Address == from) is { } same)
            {
                await database.Activity.Where(entry => entry.Id == same.Id).ExecuteUpdateAsync(
                    entry => entry.SetProperty(one => one.Times, one => one.Times + 1), cancellationToken);
                return;
            }
        }

        var address = from is not null
            ? await vault.SealAsync(loginId, new ClientAddress(from), cancellationToken)
            : null;
        database.Activity.Add(new ActivityEntry
        {
            Id = Guid.CreateVersion7(now),
            LoginId = loginId,
            Kind = kind,
            At = now,
            Address = address,
        });
        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The newest first, with the address opened; null where it was erased.</summary>
    public Task<IReadOnlyList<Happening>> ListAsync(
        Guid loginId, int most, Cursor? after, CancellationToken cancellationToken) => OpenAsync(
        database.Activity
            .Where(entry => entry.LoginId == loginId)
            .Where(entry => after == null || entry.At < after.At || (entry.At == after.At && entry.Id < after.Id))
            .OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id)
            .Take(most),
        cancellationToken);

    private async Task<IReadOnlyList<Happening>> OpenAsync(
        IQueryable<ActivityEntry> asked, CancellationToken cancellationToken)
    {
        var entries = await asked.AsNoTracking().ToListAsync(cancellationToken);
        var happenings = new List<Happening>(entries.Count);
        foreach (var entry in entries)
        {
            var opened = entry.Address is { } address
                ? await vault.OpenAsync(address, RestrictionException.ConsentOfThePerson, cancellationToken)
                : null;
            happenings.Add(new Happening(
                entry.Id, entry.Kind, entry.At, entry.Times, (opened as Opened<ClientAddress>.Clear)?.Value.Address));
        }

        return happenings;
    }

    /// <summary>The gateway's word: it overwrites what clients send.</summary>
    private static string? AddressOf(HttpContext http) =>
        IPAddress.TryParse(http.Request.Headers["X-Forwarded-For"].ToString(), out var named)
            ? named.ToString()
            : http.Connection.RemoteIpAddress?.ToString();
}
