using EPerfect.Hostile;
using EPerfect.Testing;

namespace EPerfect.Chaos.Tests;

/// <summary>Whatever a client sends, to any operation, as anybody.</summary>
[Collection<OnePlugAtATime>]
public sealed class HostileInputTests(TwoNodes nodes)
{
    private const int Requests = 5_000;

    [Fact, Control("M10")]
    public async Task Each_gets_a_clear_refusal_that_changes_nothing_and_who_means_well_is_served_as_before()
    {
        var found = await new Hostile.Run(nodes.Platform, seed: 1, Requests).AskAsync(TestContext.Current.CancellationToken);

        TestContext.Current.TestOutputHelper?.WriteLine($"{found}");
        found.Wrong.ShouldBeEmpty($"{found}");
        found.Asked.ShouldBe(Requests);
        found.Operations.ShouldBeGreaterThan(100);
        found.Accepted.ShouldBeGreaterThan(100, "what is refused at the door tells nothing of what lies behind");
        found.Grown.ShouldBeLessThan(Found.MostGrowth);
    }
}
