using EPerfect.Operations.Stories;

namespace EPerfect.Operations.Tests;

public sealed class OrderingCauses
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_cause_comes_before_what_it_caused_whatever_the_clocks_say()
    {
        var cause = Entry("orders", seconds: 5);
        var effect = Entry("domains", seconds: 1, cause: cause.Id);
        var answer = Entry("orders", seconds: 3, cause: effect.Id);

        CausalOrder.Of([answer, effect, cause]).ShouldBe([cause, effect, answer]);
    }

    [Fact]
    public void A_stream_is_told_as_it_is_stored()
    {
        var stream = Guid.NewGuid();
        var first = Entry("orders", seconds: 2, stream: stream, version: 1);
        var second = Entry("orders", seconds: 1, stream: stream, version: 2);

        CausalOrder.Of([second, first]).ShouldBe([first, second]);
    }

    [Fact]
    public void What_has_nothing_to_do_with_each_other_is_told_by_time()
    {
        var early = Entry("privacy", seconds: 1);
        var late = Entry("accounts", seconds: 2);

        CausalOrder.Of([late, early]).ShouldBe([early, late]);
    }

    [Fact]
    public void What_followed_from_something_that_is_not_known_is_told_all_the_same()
    {
        var orphan = Entry("orders", seconds: 1, cause: Guid.NewGuid());

        CausalOrder.Of([orphan]).ShouldBe([orphan]);
    }

    private static StoryEntry Entry(
        string service, int seconds, Guid? cause = null, Guid? stream = null, long version = 1) => new(
        Guid.NewGuid(), service, "something_happened", "thing", stream ?? Guid.NewGuid(), version,
        Noon.AddSeconds(seconds), new Who("service", service, null), cause, "command", "correlation", "trace");
}
