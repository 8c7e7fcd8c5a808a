namespace EPerfect.Contracts.Privacy;

/// <summary>A way on which data comes into a service or leaves it.</summary>
/// <param name="Direction"><c>acquired</c> over HTTP, <c>received</c> or <c>sent</c> as a message.</param>
/// <param name="Name">The operation, or the contract's name on the wire.</param>
/// <param name="Members">What it carries. Messages carry ids and facts, never personal data in clear.</param>
public sealed record DataMovement(string Direction, string Name, IReadOnlyList<string> Members);
