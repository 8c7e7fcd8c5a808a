namespace EPerfect.Contracts.Privacy;

/// <summary>What every service says when it has gathered a part of an export. A large one comes in several.</summary>
public abstract record ExportPart
{
    /// <summary>The export.</summary>
    public Guid ExportId { get; init; }

    /// <summary>Whose data.</summary>
    public Guid AccountId { get; init; }

    /// <summary>The login whose own data is among it, and who alone may fetch it; null if no login's is.</summary>
    public Guid? LoginId { get; init; }

    /// <summary>From 1. A service whose data changed while it was being gathered begins anew: of several attempts only the
    /// newest counts.</summary>
    public int Attempt { get; init; }

    /// <summary>From 1, within the attempt.</summary>
    public int Number { get; init; }

    /// <summary>Whether none comes after it.</summary>
    public bool IsLast { get; init; }

    /// <summary>How many things the service has told, up to this part.</summary>
    public int Holdings { get; init; }

    /// <summary>Up to when what came in is told, in UTC.</summary>
    public DateTimeOffset AsOf { get; init; }

    /// <summary>The part: a compact JWE (RFC 7516) of lines of JSON.</summary>
    public string Content { get; init; } = "";

    /// <summary>The version of the stream that this event made.</summary>
    public long StreamVersion { get; init; }
}
