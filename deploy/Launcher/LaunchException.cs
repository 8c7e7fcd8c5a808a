namespace EPerfect.Launcher;

/// <summary>A step that cannot be done: what is wrong, and the log that shows it, if there is one.</summary>
internal sealed class LaunchException(string cause, string? logFile = null, Exception? inner = null)
    : Exception(cause, inner)
{
    public string? LogFile { get; } = logFile;

    /// <summary>Taken at once: what stops because of the failure writes to the log as well.</summary>
    public IReadOnlyList<string> LastLogLines { get; } = logFile is null ? [] : LogTail.Read(logFile, 15);
}
