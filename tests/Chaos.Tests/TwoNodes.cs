using EPerfect.Testing;

namespace EPerfect.Chaos.Tests;

/// <summary>One platform for the tests that pull one plug at a time: two of Orders, of Accounts and of the gateway.</summary>
public sealed class TwoNodes : IAsyncLifetime
{
    public RunningPlatform Platform { get; } = RunningPlatform.WithTwo("orders", "accounts", "gateway");

    public ValueTask InitializeAsync() => Platform.InitializeAsync();

    public ValueTask DisposeAsync() => Platform.DisposeAsync();
}

/// <summary>They take turns on it.</summary>
[CollectionDefinition]
public sealed class OnePlugAtATime : ICollectionFixture<TwoNodes>;
