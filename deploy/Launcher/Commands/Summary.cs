using System.Globalization;
using EPerfect.Launcher.Running;

namespace EPerfect.Launcher.Commands;

/// <summary>Where to go now.</summary>
internal static class Summary
{
    public static void Write(Platform platform)
    {
        var gateway = platform.Gateway.Address.ToString().TrimEnd('/');
        Console.WriteLine(
            $"""

            ePerfect is up.
              gateway     {gateway}
              reference   {gateway}/reference
              openapi     {gateway}/openapi/accounts.json, orders, domains, privacy
              logs        {Path.Combine(platform.Home.Folder, "logs")}
              traces      {Path.Combine(platform.Home.Folder, "traces")}
              memory      {platform.Processes.Sum(Megabytes).ToString(CultureInfo.InvariantCulture)} MB resident in our {platform.Processes.Count()} processes
              deploy/down stops it, deploy/reset forgets it, deploy/errors looks after messages that kept failing.

            There is no authentication yet: everything listens on this machine's loopback address only.

            """);
    }

    private static long Megabytes(ServiceProcess process) =>
        process.Running is { } running
            ? File.ReadLines($"/proc/{running.Pid}/status")
                .Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
                .Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024)
                .FirstOrDefault()
            : 0;
}
