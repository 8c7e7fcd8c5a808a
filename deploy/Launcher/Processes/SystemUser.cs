namespace EPerfect.Launcher.Processes;

/// <summary>An account of this machine that a server steps down to when we are root.</summary>
internal sealed record SystemUser(string Name, string Group)
{
    public static readonly SystemUser Postgres = new("postgres", "postgres");
    public static readonly SystemUser RabbitMq = new("rabbitmq", "rabbitmq");
    /// <summary>By number, for its group is not called alike everywhere.</summary>
    public static readonly SystemUser Nobody = new("65534", "65534");

    public bool Exists =>
        File.ReadLines("/etc/passwd").Any(line => line.StartsWith(Name + ":", StringComparison.Ordinal));
}
