namespace EPerfect.Chaos;

/// <summary>All that can break, and how.</summary>
internal static class Targets
{
    private static readonly string[] Services = ["accounts", "orders", "domains", "privacy"];

    /// <summary>Two of each of ours, and the servers.</summary>
    public static readonly IReadOnlyList<string> Processes =
        [.. Services.Append("gateway").SelectMany(part => (string[])[part, $"{part}-2"]), "rabbitmq", "postgres"];

    /// <summary>Who speaks to whom.</summary>
    public static readonly IReadOnlyList<string> Lines =
    [
        .. Services.SelectMany(service => (string[])[$"{service}>postgres", $"{service}>keys", $"{service}>rabbitmq"]),
        .. Services.SelectMany(service => (string[])[$"gateway>{service}", $"gateway>{service}-2"]),
        "clients>gateway", "clients>gateway-2",
    ];

    /// <summary>The books that stand for somebody else's service.</summary>
    public static readonly IReadOnlyList<string> OutsideSystems = ["payment-gateway", "provisioner", "registry"];

    /// <summary>Every fault that there is, by what it is done to: a run takes its turns from all three.</summary>
    public static readonly IReadOnlyList<IReadOnlyList<(FaultKind Kind, string Target)>> Decks =
    [
        Deck(Processes, FaultKind.Kill, FaultKind.Pause),
        Deck(Lines, FaultKind.Drop, FaultKind.Clog, FaultKind.HalfOpen, FaultKind.Delay),
        Deck(OutsideSystems, FaultKind.Fail, FaultKind.Hang),
    ];

    private static IReadOnlyList<(FaultKind Kind, string Target)> Deck(IReadOnlyList<string> targets, params FaultKind[] kinds) =>
        [.. targets.SelectMany(target => kinds.Select(kind => (kind, target)))];
}
