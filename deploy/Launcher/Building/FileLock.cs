namespace EPerfect.Launcher.Building;

/// <summary>Lets one process at a time go on. The kernel lets go of it when its holder dies.</summary>
internal static class FileLock
{
    public static async Task<IDisposable> TakeAsync(string path, CancellationToken ct)
    {
        while (true)
        {
            if (TryTake(path) is { } taken)
                return taken;
            await Task.Delay(TimeSpan.FromMilliseconds(200), ct);
        }
    }

    public static IDisposable? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
