using System.Text;

namespace EPerfect.Launcher;

/// <summary>The end of a log file, read without disturbing its writer.</summary>
internal static class LogTail
{
    private const int Window = 64 * 1024;

    public static IReadOnlyList<string> Read(string path, int lines) =>
        [.. ReadFrom(path, Math.Max(0, Length(path) - Window))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(lines)];

    public static long Length(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    public static string ReadFrom(string path, long offset)
    {
        if (!File.Exists(path))
            return "";
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Seek(Math.Min(offset, file.Length), SeekOrigin.Begin);
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
