namespace EPerfect.Contracts;

/// <summary>An event that several services publish alike, each under its own name.</summary>
public interface IContract
{
    /// <summary>The event's name on the wire, and its exchange; begins with the publisher's.</summary>
    static abstract string WireName { get; }
}
