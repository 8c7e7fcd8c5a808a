using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Threading.Channels;
using Yarp.ReverseProxy;

namespace EPerfect.Gateway;

/// <summary>
/// <c>Sec-GPC: 1</c>, and that value alone, says that a person's data is not to be shared. Privacy is told of it once for
/// each account that the person owns, behind the request and under the person's own token; what failed is told again with
/// the next request. Privacy records it once, however often it is told.
/// </summary>
internal sealed partial class GlobalPrivacyControl(IProxyStateLookup proxy, ILogger<GlobalPrivacyControl> logger)
    : BackgroundService
{
    private const string Header = "Sec-GPC";
    private const string Service = "privacy";
    private const int MostWaiting = 1000;
    private const int MostRemembered = 100_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Channel<Signal> waiting = Channel.CreateBounded<Signal>(MostWaiting);
    private readonly ConcurrentDictionary<Guid, bool> told = new();

    public static void Add(WebApplicationBuilder builder) => builder.Services
        .AddSingleton<GlobalPrivacyControl>()
        .AddHostedService(services => services.GetRequiredService<GlobalPrivacyControl>());

    public static void Use(WebApplication app) => app.Use((context, next) =>
    {
        if (context.Request.Headers[Header] is ["1"] && context.User.Identity?.IsAuthenticated == true)
            context.RequestServices.GetRequiredService<GlobalPrivacyControl>().Hear(context);
        return next(context);
    });

    /// <summary>The standard's own address: sites that honour the signal say so.</summary>
    public static void Map(WebApplication app) =>
        app.MapRead("/.well-known/gpc.json", () => Results.Json(new { gpc = true, lastUpdate = "2026-11-23" }));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var signal in waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await TellAsync(signal, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it was, it must not end the telling of the others; the next request tells this one again.
                told.TryRemove(signal.AccountId, out _);
                LogFailed(exception.GetType().Name);
            }
        }
    }

    private void Hear(HttpContext context)
    {
        var token = context.Request.Headers.Authorization.ToString();
        // Telling again is harmless, remembering without a bound is not.
        if (told.Count >= MostRemembered) told.Clear();
        foreach (var claim in context.User.FindAll("accounts"))
        {
            if (claim.Value.Split(':') is not [var account, "owner"] || !Guid.TryParse(account, out var id)) continue;
            if (told.TryAdd(id, true) && !waiting.Writer.TryWrite(new Signal(id, token))) told.TryRemove(id, out _);
        }
    }

    private async Task TellAsync(Signal signal, CancellationToken cancellationToken)
    {
        if (!proxy.TryGetCluster(Service, out var cluster)) return;
        var instances = cluster.DestinationsState.AvailableDestinations;
        if (instances.Count == 0) throw new HttpRequestException("Privacy has no instance that answers.");
        var address = new Uri(instances[Random.Shared.Next(instances.Count)].Model.Config.Address);
        using var request = new HttpRequestMessage(
            HttpMethod.Put, new Uri(address, $"/api/privacy/people/{signal.AccountId}/signals/global-privacy-control"));
        request.Headers.Authorization = AuthenticationHeaderValue.Parse(signal.Token);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        using var answer = await cluster.Model.HttpClient.SendAsync(request, limit.Token);
        // A refusal that stays is an answer too: the account is erased, or not for this token to touch.
        if (!IsRefusal(answer.StatusCode)) answer.EnsureSuccessStatusCode();
    }

    private static bool IsRefusal(HttpStatusCode status) => status is
        HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Conflict or HttpStatusCode.Gone;

    [LoggerMessage(Level = LogLevel.Warning, Message = "A privacy signal waits for the next request: {Failure}")]
    private partial void LogFailed(string failure);

    private sealed record Signal(Guid AccountId, string Token);
}
