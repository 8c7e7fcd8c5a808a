using System.Globalization;
using EPerfect.Launcher.Processes;
using EPerfect.Launcher.Running;

namespace EPerfect.Launcher.Commands;

/// <summary>Where to go now.</summary>
internal static class Summary
{
    public static void Write(Platform platform, string? newOperator)
    {
        var gateway = platform.Address.ToString().TrimEnd('/');
        var megabytes = platform.Processes.Sum(process => ResidentKilobytes(process.Running)) / 1024;
        Console.WriteLine(
            $"""

            ePerfect is up.
              gateway     {gateway}
              operations  {gateway}/operations: how it all stands, for operators
              reference   {gateway}/reference
              openapi     {gateway}/openapi/accounts.json, orders, domains, privacy, operations
              mails       deploy/mail shows what was sent; none leaves this machine
              logs        {Path.Combine(platform.Home.Folder, "logs")}
              traces      {Path.Combine(platform.Home.Folder, "traces")}
              metrics     {MetricsTargets.FileOf(platform)}: whom Prometheus asks
              memory      {megabytes} MB resident in our {platform.Processes.Count()} processes
              deploy/down stops it, deploy/reset forgets it, deploy/errors looks after messages that kept failing.

            Everything listens on this machine's loopback address only.

            """);
        if (newOperator is not null)
        {
            Console.WriteLine(
                $"""
                The first operator, with a one-time password that is shown now and never again:
                  {newOperator}
                  {gateway}/identity/sign-in

                """);
        }
    }

    private static long ResidentKilobytes(ProcessIdentity? process) => process is null ? 0
        : File.ReadLines($"/proc/{process.Pid}/status")
            .Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])
            .Sum(number => long.Parse(number, CultureInfo.InvariantCulture));
}
