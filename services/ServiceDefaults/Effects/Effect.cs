namespace EPerfect.ServiceDefaults;

/// <summary>Something that a service does to the world outside, which an operator can stop.</summary>
/// <param name="Name">Such as <c>charge</c>.</param>
/// <param name="Kinds">The deadlines by which it is done; none for what asks <see cref="StoppedEffects"/> itself.</param>
public sealed record Effect(string Name, IReadOnlyList<string> Kinds);
