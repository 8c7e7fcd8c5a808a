namespace EPerfect.Accounts.Tests.Pages;

/// <summary>Tests that look at the clock, or count what the process does, run while no other does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
