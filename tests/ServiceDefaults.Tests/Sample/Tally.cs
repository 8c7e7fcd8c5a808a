namespace EPerfect.ServiceDefaults.Tests.Sample;

public sealed record TallyOpened(Guid TallyId, string Name, DateTimeOffset At);

public sealed record TallyRaised(int By);

public sealed record TallyChecked(DateTimeOffset At);

/// <summary>A stream that counts: the smallest thing on which every rule of the shared parts can be seen.</summary>
public sealed record Tally(Guid Id, string Name, int Count, int Checks) : IOwned
{
    Guid? IOwned.AccountId => null;

    public static Tally Create(TallyOpened opened) => new(opened.TallyId, opened.Name, 0, 0);

    public Tally Apply(TallyRaised raised) => this with { Count = Count + raised.By };

    public Tally Apply(TallyChecked _) => this with { Checks = Checks + 1 };
}

public sealed record OpenTallyRequest(string Name, int? CheckInSeconds = null);

public sealed record RaiseTallyRequest(int By);

/// <summary>What the sender tells the world.</summary>
public sealed record TallyRaisedV1(Guid TallyId, int By, long StreamVersion)
{
    public const string Name = "orders.tally-raised.v1";
}
