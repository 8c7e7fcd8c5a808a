using System.Text.Json;

namespace EPerfect.Launcher.Running;

/// <summary>Tells Prometheus whom to ask: a file in the form of its <c>file_sd_configs</c>, which it reads again when it
/// changes. In a folder of its own: a Prometheus in a container is given that, and nothing else from here.</summary>
internal static class MetricsTargets
{
    public static string FileOf(Platform platform) => Path.Combine(platform.Home.MonitoringFolder, "metrics-targets.json");

    public static void Write(Platform platform)
    {
        var file = FileOf(platform);
        var targets = platform.Processes.Select(process => new
        {
            targets = new[] { process.Metrics.Authority },
            labels = new { job = process.Name.Split('-')[0], instance = process.Name },
        });
        File.WriteAllText(file + ".new", JsonSerializer.Serialize(targets));
        File.Move(file + ".new", file, overwrite: true);
    }
}
