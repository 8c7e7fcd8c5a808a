using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using OpenTelemetry;

namespace EPerfect.Privacy.Partners.Webhooks.Posting;

/// <summary>What was answered.</summary>
internal sealed record WebhookAnswer(string Outcome, int? Status, TimeSpan? RetryAfter, TimeSpan Took);

/// <summary>
/// Posts to whom nobody knows: in bounded time and memory. No redirect is followed, no cookie kept, no proxy asked; of what
/// is answered only the head counts, and a few kilobytes of the rest are read to use the connection again.
/// </summary>
internal sealed class WebhookClient : IDisposable
{
    private const string UserAgent = "ePerfect-Webhooks/1";
    private readonly HttpClient http;
    private readonly TimeSpan timeout;
    private readonly TimeProvider time;

    public WebhookClient(WebhookTargets targets, WebhookOptions options, TimeProvider time)
    {
        (timeout, this.time) = (options.Timeout, time);
        http = new HttpClient(Handler(targets, options))
        {
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestVersion = System.Net.HttpVersion.Version11,
        };
    }

    public async Task<WebhookAnswer> PostAsync(
        string url, IEnumerable<(string Name, string Value)> headers, byte[] body, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json", "utf-8");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        // An address may hold what lets somebody in: it belongs into no trace.
        using var untraced = SuppressInstrumentationScope.Begin();
        var begun = Stopwatch.GetTimestamp();
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var status = (int)answer.StatusCode;
            return new(Outcomes.Of(status), status, RetryAfterOf(answer, status), Stopwatch.GetElapsedTime(begun));
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return new(OutcomeOf(failure), null, null, Stopwatch.GetElapsedTime(begun));
        }
    }

    public void Dispose() => http.Dispose();

    private static SocketsHttpHandler Handler(WebhookTargets targets, WebhookOptions options) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        ConnectCallback = targets.ConnectAsync,
        // Where a name leads is looked up again for each connection; none lives long.
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(15),
        MaxResponseHeadersLength = 16,
        MaxResponseDrainSize = 4 * 1024,
        ResponseDrainTimeout = TimeSpan.FromSeconds(1),
        SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = TrustOf(options) },
    };

    private static X509ChainPolicy? TrustOf(WebhookOptions options)
    {
        if (options.Authorities is not { } authorities) return null;
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    /// <summary>Who is overloaded may say when to come back, and so may what stands before it.</summary>
    private TimeSpan? RetryAfterOf(HttpResponseMessage answer, int status) => status is not (429 or 502 or 503 or 504)
        ? null
        : answer.Headers.RetryAfter?.Delta
            ?? (answer.Headers.RetryAfter?.Date is { } date ? date - time.GetUtcNow() : null);

    private static string OutcomeOf(Exception failure) => failure switch
    {
        OperationCanceledException => Outcomes.TimedOut,
        { InnerException: AddressNotPublicException } => Outcomes.AddressNotPublic,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => Outcomes.CertificateInvalid,
        { InnerException: SocketException { SocketErrorCode: var code } }
            when code is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => Outcomes.NameUnresolved,
        _ => Outcomes.Unreachable,
    };
}
