using EPerfect.Testing;

namespace EPerfect.Journeys.Tests;

internal static class Nowhere
{
    /// <summary>Looks through all that the platform leaves: files of the servers, logs, traces.</summary>
    public static void ShouldHoldNowhere(this RunningPlatform platform, IReadOnlyCollection<string> canaries)
    {
        canaries.ShouldAllBe(canary => canary.Length > 8);
        string[] folders = [platform.PostgresFolder, platform.RabbitMqFolder, platform.LogFolder, platform.TraceFolder];
        // However it is written: in an address, in JSON, in a form.
        Bytes.FindEncoded(folders, [], canaries).ShouldBeEmpty();
    }
}
