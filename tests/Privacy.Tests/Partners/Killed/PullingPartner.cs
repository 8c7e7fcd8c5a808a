using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Partners.Killed;

/// <summary>Asks for page after page, of whichever instance answers.</summary>
internal sealed class PullingPartner(IReadOnlyList<HttpClient> instances)
{
    private long? next;

    public Taken Taken { get; } = new();

    public async Task RunAsync(CancellationToken stopping)
    {
        for (var turn = 0; !stopping.IsCancellationRequested; turn++)
        {
            try
            {
                var after = next is { } position ? $"after={position}&" : "";
                using var answer = await instances[turn % instances.Count].GetAsync(
                    $"/api/partners/feed?{after}limit=500&wait=5", stopping);
                answer.EnsureSuccessStatusCode();
                var page = await answer.JsonAsync();
                foreach (var one in page["events"]!.AsArray())
                {
                    Taken.Add(new(
                        Guid.Parse((string)one!["id"]!),
                        Guid.Parse((string)one["subject"]!),
                        long.Parse((string)one["sequence"]!),
                        long.Parse((string)one["position"]!)));
                }

                next = (long)page["next"]!;
            }
            catch (Exception broken) when (
                broken is HttpRequestException or IOException && !stopping.IsCancellationRequested)
            {
                await Task.Delay(100, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
