namespace EPerfect.Testing;

/// <summary>What stands in front of several gateways: each request goes to the next of them, and to another when one takes no
/// connection.</summary>
/// <param name="gateways">Where to.</param>
internal sealed class InTurn(IReadOnlyList<Uri> gateways) : DelegatingHandler
{
    private int requests;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.PathAndQuery;
        for (var attempt = 1; ; attempt++)
        {
            var gateway = gateways[(int)((uint)Interlocked.Increment(ref requests) % (uint)gateways.Count)];
            request.RequestUri = new Uri(gateway, path);
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException refused) when (
                attempt < gateways.Count && refused.HttpRequestError is HttpRequestError.ConnectionError)
            {
                // Nothing was sent: another may have it.
            }
        }
    }
}
