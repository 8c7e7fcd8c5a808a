namespace EPerfect.Accounts.Credentials;

/// <summary>More ways to prove who one is, fewer of them, and what the owner hears of it. Either way every session ends:
/// whoever calls begins the own one anew.</summary>
internal sealed class AddingFactors(
    Authenticators authenticators,
    Passkeys passkeys,
    SignedInElsewhere elsewhere,
    Activity activity,
    Letters letters,
    IdentityDatabase database)
{
    /// <returns>New recovery codes to show, none if there are some already; null if the code was not right.</returns>
    public Task<IReadOnlyList<string>?> AuthenticatorAsync(
        HttpContext http, Login login, string secret, string code, CancellationToken cancellationToken) =>
        database.AsOneAsync(async () =>
        {
            if (!await authenticators.AddAsync(login, secret, code)) return null;
            await ChangedAsync(http, login, ActivityKinds.AuthenticatorAdded, cancellationToken);
            return await FirstRecoveryCodesAsync(http, login, cancellationToken);
        });

    /// <returns>As with an app; null if the passkey was not right.</returns>
    public Task<IReadOnlyList<string>?> PasskeyAsync(
        HttpContext http, Login login, string credential, string state, string? place, CancellationToken cancellationToken) =>
        database.AsOneAsync(async () =>
        {
            if (!await passkeys.AddAsync(http, login, credential, state, place, cancellationToken)) return null;
            await ChangedAsync(http, login, ActivityKinds.PasskeyAdded, cancellationToken);
            return await FirstRecoveryCodesAsync(http, login, cancellationToken);
        });

    public Task RemoveAuthenticatorAsync(HttpContext http, Login login, CancellationToken cancellationToken) =>
        database.AsOneAsync(async () =>
        {
            await authenticators.RemoveAsync(login);
            await RemovedAsync(http, login, ActivityKinds.AuthenticatorRemoved, cancellationToken);
        });

    public Task RemovePasskeyAsync(HttpContext http, Login login, string id, CancellationToken cancellationToken) =>
        database.AsOneAsync(async () =>
        {
            if (await passkeys.RemoveAsync(login, id))
                await RemovedAsync(http, login, ActivityKinds.PasskeyRemoved, cancellationToken);
        });

    public Task<IReadOnlyList<string>> NewRecoveryCodesAsync(
        HttpContext http, Login login, CancellationToken cancellationToken) =>
        database.AsOneAsync(async () =>
        {
            var codes = await authenticators.NewRecoveryCodesAsync(login);
            await ToldAsync(http, login, ActivityKinds.RecoveryCodesMade, cancellationToken);
            return codes;
        });

    private async Task<IReadOnlyList<string>?> FirstRecoveryCodesAsync(
        HttpContext http, Login login, CancellationToken cancellationToken)
    {
        if (await authenticators.CountRecoveryCodesAsync(login) > 0) return [];
        await activity.RecordAsync(http, login.Id, ActivityKinds.RecoveryCodesMade, cancellationToken);
        return await authenticators.NewRecoveryCodesAsync(login);
    }

    /// <summary>Recovery codes stand in for a factor; with the last one they go.</summary>
    private async Task RemovedAsync(HttpContext http, Login login, string kind, CancellationToken cancellationToken)
    {
        if (!await authenticators.HasAnyAsync(login)) await authenticators.ForgetRecoveryCodesAsync(login);
        await ChangedAsync(http, login, kind, cancellationToken);
    }

    private async Task ChangedAsync(HttpContext http, Login login, string kind, CancellationToken cancellationToken)
    {
        await elsewhere.EndAsync(login, cancellationToken);
        await ToldAsync(http, login, kind, cancellationToken);
    }

    private async Task ToldAsync(HttpContext http, Login login, string kind, CancellationToken cancellationToken)
    {
        await activity.RecordAsync(http, login.Id, kind, cancellationToken);
        await letters.ToAsync(login, LetterKinds.FactorsChanged, cancellationToken);
    }
}
