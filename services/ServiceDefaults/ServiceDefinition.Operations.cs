namespace EPerfect.ServiceDefaults;

/// <content>What operators may see of the service, and do to it.</content>
public sealed partial class ServiceDefinition
{
    private readonly List<Effect> effects = [];

    /// <summary>No store, no keys, no messages: what it shows it asks of others, with the token of whoever wants to see it;
    /// each of them judges that. Hence any token of the platform gets in, whatever its audience and scope.</summary>
    internal bool KeepsNothing { get; private set; }

    /// <summary>Finds a stream by the name that people know it by; null if none can have that name.</summary>
    internal Func<string, Guid?>? StreamNamed { get; private set; }

    /// <summary>Says that the program keeps nothing.</summary>
    public ServiceDefinition WithoutStore()
    {
        KeepsNothing = true;
        return this;
    }

    /// <summary>What an operator can stop.</summary>
    internal IReadOnlyList<Effect> Effects => effects;

    /// <summary>Names something that the service does to the world outside, for operators to stop.</summary>
    /// <param name="name">Such as <c>charge</c>.</param>
    /// <param name="kinds">The deadlines by which it is done: while it is stopped, none of them is taken. What is done
    /// otherwise asks <see cref="StoppedEffects"/>.</param>
    public ServiceDefinition Stoppable(string name, params IReadOnlyList<string> kinds)
    {
        effects.Add(new Effect(name, kinds));
        return this;
    }

    /// <summary>Names a stream's id by the name that people know it by.</summary>
    /// <param name="find">Null for what cannot be a name.</param>
    public ServiceDefinition NamesStreams(Func<string, Guid?> find)
    {
        StreamNamed = find;
        return this;
    }
}
