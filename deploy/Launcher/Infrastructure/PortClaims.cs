namespace EPerfect.Launcher.Infrastructure;

/// <summary>
/// Which ports platforms on this machine have chosen, whether or not anything listens there yet: two that start at once
/// would else choose the same one, and the later to listen would end. The kernel forgets a claim with its process.
/// </summary>
internal static class PortClaims
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<int, string> Owners = [];
    // One byte a port. Never closed: a process that closes a file loses all its locks on it.
    private static readonly FileStream Claims =
        new(FileName, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);

    public static string FileName => Path.Combine(Path.GetTempPath(), $"eperfect-ports-{Environment.UserName}");

    /// <returns>Whether the port is this platform's; false if another's.</returns>
    public static bool TryClaim(int port, string platform)
    {
        lock (Gate)
        {
            if (Owners.TryGetValue(port, out var known)) return known == platform;
            try
            {
                Claims.Lock(port, 1);
            }
            catch (IOException)
            {
                return false;
            }

            Owners[port] = platform;
            return true;
        }
    }
}
