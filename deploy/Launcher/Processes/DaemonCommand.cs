namespace EPerfect.Launcher.Processes;

/// <summary>What to run in the background, as whom and with which surroundings.</summary>
internal sealed record DaemonCommand(string File, params IReadOnlyList<string> Arguments)
{
    public Variables Environment { get; init; } = [];

    /// <summary>Only used when we are root: the account to step down to.</summary>
    public SystemUser? RunAs { get; init; }

    public string WorkingDirectory { get; init; } = "/";

    /// <summary>The process is killed by the kernel when we are gone, however we went.</summary>
    public bool DiesWithUs { get; init; }
}
