using System.Net;

namespace EPerfect.Testing;

/// <summary>
/// Talks to the gateway as a careful client does: what got no answer, or 503, is sent again under the same
/// Idempotency-Key until there is one.
/// </summary>
public sealed class PatientClient(HttpClient client) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a request is repeated at most.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>GET, until there is an answer.</summary>
    public Task<HttpResponseMessage> GetAsync(string path) => RepeatAsync(() => client.GetAsync(path));

    /// <summary>POST under one key, until there is an answer.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, object body, string? key = null)
    {
        key ??= Guid.NewGuid().ToString("N");
        return RepeatAsync(() => client.PostWithKeyAsync(path, body, key));
    }

    /// <summary>PUT, until there is an answer.</summary>
    public Task<HttpResponseMessage> PutAsync(string path, object body) => RepeatAsync(() => client.PutAsync(path, body));

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task<HttpResponseMessage> RepeatAsync(Func<Task<HttpResponseMessage>> send)
    {
        var end = DateTime.UtcNow + Patience;
        while (true)
        {
            try
            {
                var answer = await send();
                if (answer.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests)
                    || DateTime.UtcNow > end)
                {
                    return answer;
                }

                answer.Dispose();
            }
            catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException && DateTime.UtcNow < end)
            {
                // No answer: whether it was done is not known, which is what the key is for.
            }

            await Task.Delay(Pause);
        }
    }
}
