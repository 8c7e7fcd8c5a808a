using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace EPerfect.Hostile;

/// <summary>What came of a request.</summary>
/// <param name="Asked">The request.</param>
/// <param name="Trace">The trace that it was sent under; null if its own header was spoilt.</param>
/// <param name="Status">The status; null if the connection was closed.</param>
/// <param name="Wrong">What is wrong with that; null if nothing is.</param>
internal sealed record Answered(Hostility Asked, string? Trace, HttpStatusCode? Status, string? Wrong)
{
    public bool IsRefused => Status is null or >= HttpStatusCode.BadRequest;
}

/// <summary>Sends as it is told, without putting anything right.</summary>
internal sealed class Asking(Uri gateway, Callers callers, Judge judge) : IDisposable
{
    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        Expect100ContinueTimeout = TimeSpan.FromSeconds(1),
        RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        ActivityHeadersPropagator = null,
    })
    {
        Timeout = TimeSpan.FromSeconds(40),
    };

    public async Task<Answered> AskAsync(Hostility asked, CancellationToken ct)
    {
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        while (true)
        {
            using var request = await RequestAsync(asked, trace);
            var begun = Stopwatch.GetTimestamp();
            try
            {
                using var response = await http.SendAsync(request, ct);
                var body = await response.Content.ReadAsStringAsync(ct);
                if (response.StatusCode is HttpStatusCode.TooManyRequests)
                {
                    await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), ct);
                    continue;
                }

                var mediaType = response.Content.Headers.ContentType?.MediaType;
                var took = Stopwatch.GetElapsedTime(begun);
                return new(
                    asked, asked.Has("traceparent") ? null : trace, response.StatusCode,
                    judge.WhyWrong(asked, response.StatusCode, mediaType, body, took));
            }
            catch (Exception closed) when (closed is HttpRequestException or IOException)
            {
                // Who sends more than is taken is cut off while still sending.
                return new(asked, trace, null, asked.IsLarge ? null : $"closed: {closed.Message}");
            }
            catch (TaskCanceledException) when (!ct.IsCancellationRequested)
            {
                return new(asked, trace, null, "hangs");
            }
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpRequestMessage> RequestAsync(Hostility asked, string trace)
    {
        var request = new HttpRequestMessage(
            new HttpMethod(asked.Operation.Method), new Uri($"{gateway.ToString().TrimEnd('/')}{asked.Target}", AsItIs));
        if (asked.Body is { } body)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.ExpectContinue = asked.IsLarge;
        }

        if (await callers.TokenOfAsync(asked.Caller) is { } token)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.TryAddWithoutValidation("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-00");
        foreach (var (name, value) in asked.Headers)
        {
            // A client that would split a header does not exist: the library refuses to send it.
            var line = value.ReplaceLineEndings("").Replace("\0", "", StringComparison.Ordinal);
            var ofContent = name.StartsWith("Content-", StringComparison.Ordinal);
            HttpHeaders? headers = ofContent ? request.Content?.Headers : request.Headers;
            headers?.Remove(name);
            headers?.TryAddWithoutValidation(name, line);
        }

        return request;
    }
}
