namespace EPerfect.ServiceDefaults;

/// <summary>A unit decides on a stream that a unit of the same batch changes: it has to wait until that is committed.</summary>
internal sealed class NeighbourChangedException() : Exception("A neighbour changes the stream: decided after it.");
