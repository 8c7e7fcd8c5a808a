namespace EPerfect.ServiceDefaults;

/// <summary>What an event means for the deadlines of its stream.</summary>
public abstract record DeadlineChange
{
    private DeadlineChange(string kind, string argument) => (Kind, Argument) = (kind, argument);

    /// <summary>What is due; chooses the handler.</summary>
    public string Kind { get; }

    /// <summary>Distinguishes several of a kind on one stream; empty if there is one.</summary>
    public string Argument { get; }

    /// <summary>From now on this is due at <paramref name="Due"/>; replaces an earlier time. Due at once is a piece of
    /// work.</summary>
    /// <param name="Kind">What is due.</param>
    /// <param name="Due">When, in UTC.</param>
    /// <param name="Argument">Distinguishes several of a kind on one stream.</param>
    public sealed record Set(string Kind, DateTimeOffset Due, string Argument = "") : DeadlineChange(Kind, Argument);

    /// <summary>This is not due any more.</summary>
    /// <param name="Kind">What was due.</param>
    /// <param name="Argument">Distinguishes several of a kind on one stream.</param>
    public sealed record Clear(string Kind, string Argument = "") : DeadlineChange(Kind, Argument);
}
