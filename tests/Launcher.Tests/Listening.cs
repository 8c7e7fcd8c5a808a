using System.Globalization;
using System.Net;

namespace EPerfect.Launcher.Tests;

/// <summary>What the kernel says about processes and the sockets that they listen on.</summary>
internal static class Listening
{
    /// <summary>All processes started for this folder: it is in their command line or their surroundings.</summary>
    public static IReadOnlyList<int> ProcessesOf(string folder) =>
        [.. Directory.GetDirectories("/proc").Select(path => Path.GetFileName(path)!)
            .Where(name => name.All(char.IsAsciiDigit))
            .Where(pid => Mentions(pid, "cmdline", folder) || Mentions(pid, "environ", folder))
            .Select(pid => int.Parse(pid, CultureInfo.InvariantCulture))];

    public static IReadOnlyList<IPEndPoint> AddressesOf(IEnumerable<int> processes)
    {
        var sockets = processes.SelectMany(SocketsOf).ToHashSet(StringComparer.Ordinal);
        return [.. Table("/proc/net/tcp").Concat(Table("/proc/net/tcp6"))
            .Where(row => sockets.Contains(row.Socket)).Select(row => row.Address)];
    }

    private static IEnumerable<string> SocketsOf(int pid) =>
        Directory.GetFiles($"/proc/{pid}/fd")
            .Select(link => new FileInfo(link).LinkTarget ?? "")
            .Where(target => target.StartsWith("socket:[", StringComparison.Ordinal))
            .Select(target => target["socket:[".Length..^1]);

    // sl local_address rem_address st ... inode; state 0A is LISTEN, addresses are words in the machine's byte order.
    private static IEnumerable<(string Socket, IPEndPoint Address)> Table(string file) =>
        File.ReadLines(file).Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[3] is "0A")
            .Select(fields => (fields[9], Parse(fields[1])));

    private static IPEndPoint Parse(string text)
    {
        var parts = text.Split(':');
        var bytes = Convert.FromHexString(parts[0]);
        for (var word = 0; word < bytes.Length; word += 4)
            Array.Reverse(bytes, word, 4);
        var port = int.Parse(parts[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return new IPEndPoint(new IPAddress(bytes), port);
    }

    private static bool Mentions(string pid, string file, string text)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{file}").Contains(text, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
