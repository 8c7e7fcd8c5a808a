namespace EPerfect.ServiceDefaults;

/// <summary>Where connections come from that hold advisory locks: from no pool. So whoever waits for a lock takes no connection
/// that its holder needs, and a session ends with who had it.</summary>
public static class Locks
{
    /// <summary>The key of the data source. It has no bound of its own: whoever takes connections from it has one.</summary>
    public const string Key = "locks";
}
