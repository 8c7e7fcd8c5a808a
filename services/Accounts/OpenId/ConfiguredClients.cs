using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace EPerfect.Accounts.OpenId;

/// <summary>A frontend of our own. Its addresses are compared to the letter.</summary>
/// <param name="Id">The client's id.</param>
/// <param name="RedirectUris">Where codes are sent.</param>
/// <param name="PostLogoutRedirectUris">Where a browser goes after signing out.</param>
internal sealed record ConfiguredClient(string Id, Uri[] RedirectUris, Uri[]? PostLogoutRedirectUris = null);

/// <summary>At start, the clients of <c>Identity:Clients</c> are those that are named there, as they are described
/// there.</summary>
internal sealed class ConfiguredClients(IServiceScopeFactory scopes, IConfiguration configuration) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var clients = configuration.GetSection("Identity:Clients").Get<ConfiguredClient[]>() ?? [];
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await ApplyAsync(clients, cancellationToken);
                return;
            }
            catch (Exception lost) when (attempt < 5 && IsLostRace(lost))
            {
                // Another instance starts with the same list at the same moment.
                await Task.Delay(Random.Shared.Next(10, 200), cancellationToken);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static bool IsLostRace(Exception exception) => exception is DbUpdateException
        or OpenIddictExceptions.ConcurrencyException or OpenIddictExceptions.ValidationException;

    private async Task ApplyAsync(IReadOnlyCollection<ConfiguredClient> clients, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        var wanted = clients.Select(client => client.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var client in clients)
        {
            var description = Describe(client);
            if (await applications.FindByClientIdAsync(client.Id, ct) is { } known)
                await applications.UpdateAsync(known, description, ct);
            else
                await applications.CreateAsync(description, ct);
        }

        // Frontends alone are public; the clients that customers made are not.
        foreach (var known in await applications.ListAsync(cancellationToken: ct).ToListAsync(ct))
        {
            if (await applications.HasClientTypeAsync(known, ClientTypes.Public, ct)
                && !wanted.Contains((await applications.GetClientIdAsync(known, ct))!))
            {
                await applications.DeleteAsync(known, ct);
            }
        }
    }

    private static OpenIddictApplicationDescriptor Describe(ConfiguredClient client)
    {
        var description = new OpenIddictApplicationDescriptor
        {
            ClientId = client.Id,
            ClientType = ClientTypes.Public,
            ApplicationType = ApplicationTypes.Web,
            ConsentType = ConsentTypes.Implicit,
            Permissions =
            {
                Permissions.Endpoints.Authorization,
                Permissions.Endpoints.Token,
                Permissions.Endpoints.Revocation,
                Permissions.Endpoints.EndSession,
                Permissions.GrantTypes.AuthorizationCode,
                Permissions.GrantTypes.RefreshToken,
                Permissions.ResponseTypes.Code,
            },
            Requirements = { Requirements.Features.ProofKeyForCodeExchange },
        };
        description.RedirectUris.UnionWith(client.RedirectUris);
        description.PostLogoutRedirectUris.UnionWith(client.PostLogoutRedirectUris ?? []);
        description.Permissions.UnionWith(OpenId.Scopes.OfServices.Select(scope => Permissions.Prefixes.Scope + scope));
        return description;
    }
}
