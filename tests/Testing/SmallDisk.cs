using EPerfect.Launcher.Processes;

namespace EPerfect.Testing;

/// <summary>A real file system of a few megabytes, which a test can fill and make room on. Only root may mount one.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly string ballast;

    private SmallDisk(string folder) => (Folder, ballast) = (folder, Path.Combine(folder, "ballast"));

    /// <summary>Where it is mounted; it belongs to PostgreSQL's account.</summary>
    public string Folder { get; }

    /// <summary>Whether it can be had here.</summary>
    public static bool IsPermitted => Machine.IsRoot;

    /// <summary>Mounts it.</summary>
    public static async Task<SmallDisk> MountAsync(string folder, int megabytes, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        var result = await Tool.RunAsync(ct, "mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=0700", "tmpfs", folder);
        if (result.ExitCode != 0) throw new InvalidOperationException($"mount: {result.Output}");
        Machine.GiveTo(SystemUser.Postgres, folder);
        return new SmallDisk(folder);
    }

    /// <summary>Not a byte is left.</summary>
    public void Fill()
    {
        var block = new byte[4096];
        try
        {
            using var file = new FileStream(ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
            while (true) file.Write(block);
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    /// <summary>There is room again.</summary>
    public void MakeRoom() => File.Delete(ballast);

    /// <summary>Takes it away, also from under who still has it open.</summary>
    public void Dispose()
    {
        Tool.RunAsync(CancellationToken.None, "umount", "-l", Folder).GetAwaiter().GetResult();
        Directory.Delete(Folder);
    }
}
