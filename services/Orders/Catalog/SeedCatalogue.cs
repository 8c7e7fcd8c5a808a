using EPerfect.ServiceDefaults;

namespace EPerfect.Orders.Catalog;

/// <summary>At start, publishes the data file as the catalogue's next version if it is none of those that there were: an older
/// instance that starts again beside newer ones does not bring its prices back. Instances that start together race for the
/// same stream; the losers decide again and find nothing to do.</summary>
internal sealed partial class SeedCatalogue(
    CatalogueFile file, Writer writer, TimeProvider clock, ILogger<SeedCatalogue> logger) : BackgroundService
{
    private readonly TaskCompletionSource seeded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Seeded => seeded.Task;

    public static Decision Decide(Catalogue? current, CatalogueFile file, DateTimeOffset now) =>
        current?.Sha256 == file.Sha256 || current?.Earlier.Contains(file.Sha256) == true
            ? Decision.Nothing
            : Decision.Of(new CataloguePublished((current?.Version ?? 0) + 1, file.Sha256, file.Content, now));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Catalogue? found = null;
                await writer.ChangeAsync<Catalogue>(
                    Catalogue.StreamId,
                    "orders/seed-catalogue",
                    current => Decide(found = current, file, clock.GetUtcNow()),
                    stoppingToken);
                if (found?.Sha256 != file.Sha256 && found?.Earlier.Contains(file.Sha256) == true) LogOlder(found.Version);
                seeded.SetResult();
                return;
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogWaiting(failure);
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The catalogue file is an older one: version {Version} stays in force. A return needs an edition")]
    private partial void LogOlder(int version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The catalogue could not be stored; trying again in a second")]
    private partial void LogWaiting(Exception failure);
}
