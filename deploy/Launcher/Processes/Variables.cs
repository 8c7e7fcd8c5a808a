namespace EPerfect.Launcher.Processes;

/// <summary>Environment variables by name.</summary>
internal sealed class Variables() : Dictionary<string, string>(StringComparer.Ordinal);
