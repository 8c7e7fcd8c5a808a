using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using EPerfect.ServiceDefaults;
using Microsoft.Net.Http.Headers;

namespace EPerfect.Operations.Asking;

/// <summary>
/// Asks services on behalf of whoever asks here, with the same token: what may be seen and done is for each service to
/// judge. One instance after the other, until one answers; nobody waits longer than <see cref="MostTime"/>.
/// </summary>
internal sealed class AskServices(HttpClient http, ServiceAddresses addresses, IHttpContextAccessor accessor)
{
    public static readonly TimeSpan MostTime = TimeSpan.FromSeconds(4);
    private const string Key = "Idempotency-Key";
    private static readonly TimeSpan MostTimePerInstance = TimeSpan.FromSeconds(2);

    /// <summary>The services that there are.</summary>
    public IReadOnlyList<string> All => addresses.Services;

    /// <summary>Asks one.</summary>
    public async Task<Said<T>> GetAsync<T>(string service, string path, CancellationToken ct)
        where T : class
    {
        using var answer = await SendAsync(service, () => new HttpRequestMessage(HttpMethod.Get, path), ct);
        if (answer is not { StatusCode: HttpStatusCode.OK }) return new(service, (int?)answer?.StatusCode, Answer: null);
        return new(service, 200, await answer.Content.ReadFromJsonAsync<T>(JsonSerializerOptions.Web, ct));
    }

    /// <summary>Asks several at once.</summary>
    public Task<Said<T>[]> GetAsync<T>(IEnumerable<string> services, string path, CancellationToken ct)
        where T : class => Task.WhenAll(services.Select(service => GetAsync<T>(service, path, ct)));

    /// <summary>What every service measures: lag and queues are told of the same answers.</summary>
    public Task<Said<MeasuresView>[]> GetMeasuresAsync(CancellationToken ct) =>
        GetAsync<MeasuresView>(All, "/operations/measures", ct);

    /// <summary>Has one do something, under the caller's own Idempotency-Key: asked again, it is done once.</summary>
    public async Task<Outcome> PostAsync(string service, string path, object body, CancellationToken ct)
    {
        using var answer = await SendAsync(
            service,
            () =>
            {
                var content = JsonContent.Create(body, body.GetType());
                var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
                request.Headers.Add(Key, accessor.HttpContext!.Request.Headers[Key].ToString());
                return request;
            },
            ct);
        return new(service, (int?)answer?.StatusCode, answer is null ? "" : await answer.Content.ReadAsStringAsync(ct));
    }

    /// <summary>Asks every instance of every service, those that are not well too.</summary>
    public Task<(string Instance, Said<T> Said)[]> GetFromInstancesAsync<T>(string path, CancellationToken ct)
        where T : class => Task.WhenAll(
            from service in All
            from one in addresses.Of(service).Index()
            select AskInstanceAsync<T>(service, one.Index, one.Item, path, ct));

    private async Task<(string Instance, Said<T> Said)> AskInstanceAsync<T>(
        string service, int number, Uri address, string path, CancellationToken ct)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, path));
        using var answer = await TryAsync(request, ct, ct);
        var readable = answer is { StatusCode: HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable };
        return ($"{service}-{number + 1}", new(
            service,
            (int?)answer?.StatusCode,
            readable ? await answer!.Content.ReadFromJsonAsync<T>(JsonSerializerOptions.Web, ct) : null));
    }

    private async Task<HttpResponseMessage?> SendAsync(
        string service, Func<HttpRequestMessage> request, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(MostTime);
        HttpResponseMessage? failed = null;
        foreach (var instance in addresses.Of(service))
        {
            using var sent = request();
            sent.RequestUri = new Uri(instance, sent.RequestUri!);
            sent.Headers.Authorization = AuthenticationHeaderValue.Parse(
                accessor.HttpContext!.Request.Headers[HeaderNames.Authorization].ToString());
            if (await TryAsync(sent, limit.Token, ct) is not { } answer) continue;
            failed?.Dispose();
            if ((int)answer.StatusCode < 500) return answer;
            failed = answer;
        }

        return failed;
    }

    /// <returns>Null if it did not answer.</returns>
    private async Task<HttpResponseMessage?> TryAsync(
        HttpRequestMessage request, CancellationToken limit, CancellationToken left)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(limit);
        patience.CancelAfter(MostTimePerInstance);
        try
        {
            return await http.SendAsync(request, patience.Token);
        }
        catch (Exception silence) when (silence is HttpRequestException or OperationCanceledException
            && !left.IsCancellationRequested)
        {
            return null;
        }
    }
}
