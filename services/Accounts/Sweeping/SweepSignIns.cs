using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using OpenIddict.Abstractions;

namespace EPerfect.Accounts.Sweeping;

/// <summary>
/// Forgets refresh tokens and authorizations that say nothing any more: OpenIddict never does by itself. What a sign-in gave
/// stays as long as its refresh tokens could, so that a stolen one is known again.
/// </summary>
internal sealed class SweepSignIns(IOpenIddictTokenManager tokens, IOpenIddictAuthorizationManager authorizations)
    : IRetentionSweep
{
    public static readonly Retention Rule = new(
        "sign-ins", RetentionTrigger.EntryWritten, "P31D", "a stolen refresh token is known by it as long as it could be used");

    public async Task<int> SweepAsync(RetentionRun run, CancellationToken cancellationToken) => (int)(
        await tokens.PruneAsync(run.Before, cancellationToken) + await authorizations.PruneAsync(run.Before, cancellationToken));
}
