using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using EPerfect.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Accounts.Tests.Slices;

/// <summary>The person who opened the account that a request speaks of: for tests that are not about who may do
/// what.</summary>
internal sealed partial class TheOwner(TestService accounts) : DelegatingHandler(new SocketsHttpHandler())
{
    public static HttpClient Of(TestService accounts) =>
        new(new TheOwner(accounts)) { BaseAddress = accounts.Client.BaseAddress };

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var named = Id().Match(request.RequestUri!.PathAndQuery);
        var account = named.Success ? Guid.Parse(named.Value) : Guid.Empty;
        await using var session = accounts.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        var owner = (await session.Events.FetchLatest<Account>(account, cancellationToken))?.OpenedBy ?? TestService.Caller;
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer", accounts.Issuer.Token(owner.ToString("D"), [$"{account:D}:owner"]));
        return await base.SendAsync(request, cancellationToken);
    }

    [GeneratedRegex("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Id();
}
