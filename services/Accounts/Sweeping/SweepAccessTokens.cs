using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace EPerfect.Accounts.Sweeping;

/// <summary>Forgets access tokens: most rows are these, one every ten minutes for who is signed in, and they carry their end in
/// themselves.</summary>
internal sealed class SweepAccessTokens : IRetentionSweep
{
    public static readonly Retention Rule = new(
        "access-tokens", RetentionTrigger.EntryWritten, "P1D", "it ended after ten minutes, and says so itself");

    public Task<int> SweepAsync(RetentionRun run, CancellationToken cancellationToken) => run.DeleteAsync(
        """delete from identity.tokens where "CreationDate" < $1 and "Type" = $2""",
        [run.Before.ToUniversalTime(), TokenTypeIdentifiers.AccessToken],
        cancellationToken);
}
