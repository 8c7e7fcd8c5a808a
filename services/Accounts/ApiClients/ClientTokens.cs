using System.Security.Claims;
using EPerfect.Accounts.OpenId;
using Marten;

namespace EPerfect.Accounts.ApiClients;

/// <summary>What a program's token says. OpenIddict has checked the secret and the scopes; whether the program is still
/// let in, the account's stream says.</summary>
internal sealed class ClientTokens(ApiClientSecrets secrets, IDocumentSession session, TimeProvider time)
{
    private static readonly TimeSpan Precision = TimeSpan.FromMinutes(1);

    /// <summary>The claims.</summary>
    /// <param name="clientId">The program.</param>
    /// <param name="asked">The scopes that it asks for; none for all that it has.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Null for who is not let in any more.</returns>
    public async Task<ClaimsPrincipal?> OfAsync(string clientId, IReadOnlyCollection<string> asked, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (await secrets.AccountOfAsync(clientId, ct) is not { } accountId) return null;
        if (await session.Events.FetchLatest<Account>(accountId, ct) is not { IsClosed: false } account) return null;
        if (account.ApiClients.GetValueOrDefault(Guid.Parse(clientId)) is not { } client || !client.IsGoodAt(now)) return null;
        await NoteAsync(client.Id, now, ct);
        return TokenClaims.OfClient(clientId, accountId, asked.Count > 0 ? asked : client.Scopes);
    }

    private async Task NoteAsync(Guid id, DateTimeOffset now, CancellationToken ct)
    {
        var last = await session.LoadAsync<ApiClientUse>(id, ct);
        if (now - last?.LastUsedAt < Precision) return;
        session.Store(new ApiClientUse(id, now));
        await session.SaveChangesAsync(ct);
    }
}
