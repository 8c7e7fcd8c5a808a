using System.Globalization;
using EPerfect.Launcher.Processes;
using EPerfect.Launcher.Running;

namespace EPerfect.Launcher.Commands;

/// <summary>Where to go now.</summary>
internal static class Summary
{
    public static void Write(Platform platform)
    {
        var gateway = platform.Gateway.Address.ToString().TrimEnd('/');
        var megabytes = platform.Processes.Sum(process => ResidentKilobytes(process.Running)) / 1024;
        Console.WriteLine(
            $"""

            ePerfect is up.
              gateway     {gateway}
              reference   {gateway}/reference
              openapi     {gateway}/openapi/accounts.json, orders, domains, privacy
              logs        {Path.Combine(platform.Home.Folder, "logs")}
              traces      {Path.Combine(platform.Home.Folder, "traces")}
              memory      {megabytes} MB resident in our {platform.Processes.Count()} processes
              deploy/down stops it, deploy/reset forgets it, deploy/errors looks after messages that kept failing.

            There is no authentication yet: everything listens on this machine's loopback address only.

            """);
    }

    private static long ResidentKilobytes(ProcessIdentity? process) => process is null ? 0
        : File.ReadLines($"/proc/{process.Pid}/status")
            .Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])
            .Sum(number => long.Parse(number, CultureInfo.InvariantCulture));
}
