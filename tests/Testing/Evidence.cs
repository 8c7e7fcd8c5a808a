namespace EPerfect.Testing;

/// <summary>What the processes of a platform logged, for a test that failed: without it a fault that comes rarely is
/// never found.</summary>
public static class Evidence
{
    private const int MostLines = 60;

    /// <summary>The last lines of every log.</summary>
    /// <param name="platform">Whose logs.</param>
    public static string Of(RunningPlatform platform) => string.Join(
        Environment.NewLine,
        Directory.EnumerateFiles(platform.LogFolder, "*.log").SelectMany(file =>
            (string[])[$"--- {Path.GetFileName(file)}", .. Read(file).TakeLast(MostLines)]));

    private static List<string> Read(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var lines = new List<string>();
        while (reader.ReadLine() is { } line) lines.Add(line);
        return lines;
    }
}
