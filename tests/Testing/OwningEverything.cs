using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace EPerfect.Testing;

/// <summary>
/// A person who owns every account that its requests speak of, and those that it opens: for tests that are not about
/// who may do what. Who sends a token of his own is left alone.
/// </summary>
internal sealed partial class OwningEverything(TestIssuer issuer, string subject, List<Guid> accounts)
    : DelegatingHandler(new SocketsHttpHandler())
{
    // Their ids go into each token, and a header holds only so much.
    private const int Most = 100;

    public void Own(Guid account)
    {
        lock (accounts)
        {
            accounts.Remove(account);
            accounts.Add(account);
            if (accounts.Count > Most) accounts.RemoveAt(0);
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Authorization is not null) return await base.SendAsync(request, cancellationToken);
        if (request.Content is { } content) await content.LoadIntoBufferAsync(cancellationToken);
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        foreach (var id in Ids(request.RequestUri!.PathAndQuery).Concat(AccountsIn(body))) Own(id);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token());
        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.Headers.Location?.OriginalString is { } location
            && location.Contains("/api/accounts/", StringComparison.Ordinal))
            foreach (var id in Ids(location)) Own(id);
        return answer;
    }

    private string Token()
    {
        lock (accounts) return issuer.Token(subject, accounts.Select(account => $"{account:D}:owner"));
    }

    private static IEnumerable<Guid> Ids(string text) => Id().Matches(text).Select(match => Guid.Parse(match.Value));

    private static IEnumerable<Guid> AccountsIn(string body) => AccountId().Matches(body).SelectMany(match => Ids(match.Value));

    [GeneratedRegex("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Id();

    [GeneratedRegex("\"accountId\"\\s*:\\s*\"[^\"]*\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AccountId();
}
