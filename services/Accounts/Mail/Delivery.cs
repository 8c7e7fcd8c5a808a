namespace EPerfect.Accounts.Mail;

/// <summary>What became of one attempt to send a mail.</summary>
internal abstract record Delivery
{
    private Delivery()
    {
    }

    /// <summary>The server has taken it.</summary>
    public sealed record Accepted : Delivery;

    /// <summary>The server will never take it.</summary>
    /// <param name="Status">Why, as a code.</param>
    public sealed record Refused(string Status) : Delivery;

    /// <summary>Not now; perhaps it was even taken, and nobody lived to hear that.</summary>
    /// <param name="Reason">Why, as a code.</param>
    public sealed record Unanswered(string Reason) : Delivery;

    /// <summary>There is nobody to write to any more, or nothing to say.</summary>
    /// <param name="Reason">Why, as a code.</param>
    public sealed record Dropped(string Reason) : Delivery;
}
