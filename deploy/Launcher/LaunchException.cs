namespace EPerfect.Launcher;

/// <summary>A step that cannot be done: what is wrong, and the log that shows it, if there is one.</summary>
internal sealed class LaunchException(string cause, string? logFile = null, Exception? inner = null)
    : Exception(cause, inner)
{
    public string? LogFile { get; } = logFile;

    public IReadOnlyList<string> LastLogLines(int count = 15) => LogFile is null ? [] : LogTail.Read(LogFile, count);
}
