namespace EPerfect.ServiceDefaults;

/// <summary>How far a service is with telling a person what it holds.</summary>
public sealed record PersonExport
{
    /// <summary>The stream.</summary>
    public Guid Id { get; init; }

    /// <summary>What was asked for.</summary>
    public required ExportReceived Order { get; init; }

    /// <summary>Whose data, and up to when; null until it has begun.</summary>
    public ExportBegun? Begun { get; init; }

    /// <summary>From 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The last part of this attempt; null before the first.</summary>
    public ExportTold? Last { get; init; }

    /// <summary>Whether all is told.</summary>
    public bool IsDone => Last is { IsLast: true };

    /// <summary>Begins.</summary>
    public static PersonExport Create(ExportReceived e) => new() { Order = e };

    /// <summary>It is settled what is told.</summary>
    public PersonExport Apply(ExportBegun e) => this with { Begun = e };

    /// <summary>One part more.</summary>
    public PersonExport Apply(ExportTold e) => this with { Last = e };

    /// <summary>Goes on later.</summary>
    public PersonExport Apply(ExportPaused _) => this;

    /// <summary>From the start.</summary>
    public PersonExport Apply(ExportBegunAnew e) => this with { Attempt = e.Attempt, Last = null };

    /// <summary>Of two who did the same step at once, the first has done it.</summary>
    internal bool IsWhereItWas(PersonExport? latest) =>
        latest is not null
        && (latest.Begun is null) == (Begun is null)
        && latest.Attempt == Attempt
        && latest.Last?.Number == Last?.Number;
}
