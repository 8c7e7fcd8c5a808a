using EPerfect.Launcher;
using EPerfect.Testing;

namespace EPerfect.Chaos;

/// <summary>Lives through one journey after the other, each as somebody new, until there is no more time.</summary>
internal sealed class VirtualCustomer(RunningPlatform platform, Notebook notebook, Timeline timeline, int seed)
{
    private readonly Random random = new(seed);
    private int journeys;

    public int Journeys => journeys;

    public async Task LiveAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var person = new TestCustomer(platform);
                // Nothing is promised to who never came in: half a sign-up is begun anew, as people do.
                await person.SignUpAsync();
                using var client = new Client(person.NewClient(), notebook, random);
                await new Journey(person, client, random).LiveAsync(stop);
                journeys++;
            }
            catch (Exception lost) when (lost is HttpRequestException or OperationCanceledException or IOException
                or LaunchException or TimeoutException or InvalidOperationException)
            {
                timeline.Note($"customer {seed}: {lost.GetType().Name}: {lost.Message.Split('\n')[0]}");
                await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
            }
        }
    }
}
