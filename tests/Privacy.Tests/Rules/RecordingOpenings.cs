using EPerfect.PersonalData;
using EPerfect.Privacy.Documents;
using EPerfect.Privacy.Register;
using EPerfect.Privacy.Register.Checkpoints;
using EPerfect.Privacy.Register.Recording;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Tests.Rules;

public sealed class RecordingOpenings
{
    private static readonly OpeningRecorded Recorded = Given.Recorded();

    [Fact]
    public void Given_no_such_opening_When_it_is_told_Then_it_is_recorded() =>
        RecordOpening.Decide(known: null, Recorded).ShouldBe(Decision.Of(Recorded));

    [Fact]
    public void Given_it_is_recorded_When_it_is_told_again_Then_nothing_happens() =>
        RecordOpening.Decide(RecordedOpening.Create(Recorded), Recorded).ShouldBe(Decision.Nothing);

    [Fact]
    public void An_entry_is_written_to_the_letter_for_ever() => Leaf.Of(Recorded).Text().ShouldBe(
        """
        {"openingId":"0190f3a0-0000-7000-8000-000000000def","accountId":"0190f3a0-0000-7000-8000-000000000abc",
        """.ReplaceLineEndings("") +
        """
        "service":"accounts","openedAt":"2026-03-01T12:00:00.0000000Z","details":null}
        """);

    [Fact]
    public void An_entry_is_read_as_it_was_written_and_in_no_other_spelling()
    {
        var leaf = Leaf.Of(Recorded);

        Leaf.Parse(leaf.Text()).ShouldBe(leaf);
        Leaf.Parse(leaf.Text().Replace("\"accounts\"", " \"accounts\"", StringComparison.Ordinal)).ShouldBeNull();
        Leaf.Parse(leaf.Text().Replace("0190f3a0", "0190F3A0", StringComparison.Ordinal)).ShouldBeNull();
        Leaf.Parse("{}").ShouldBeNull();
        Leaf.Parse("entry").ShouldBeNull();
        Should.Throw<TamperSuspectedException>(() => Leaf.Read("{}"));
    }

    [Fact]
    public void Given_a_register_that_grew_When_it_is_due_Then_it_is_signed() =>
        Sign(last: At(3), next: At(5), evenUnchanged: false).ShouldBe(Decision.Of(At(5)));

    [Fact]
    public void Given_a_register_that_did_not_grow_Then_it_is_signed_by_the_hour_and_not_on_request()
    {
        var later = At(3) with { SignedAt = Given.Now.AddHours(1) };

        Sign(At(3), later, evenUnchanged: true).ShouldBe(Decision.Of(later));
        Sign(At(3), later, evenUnchanged: false).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void Given_another_instance_signed_meanwhile_Then_what_was_made_before_is_dropped() =>
        SignCheckpoint.Decide(Log(At(4)), last: At(3), next: At(5), evenUnchanged: true).ShouldBe(Decision.Nothing);

    [Fact]
    public void Given_the_register_is_being_rebuilt_Then_nothing_is_signed() =>
        Sign(At(3), next: null, evenUnchanged: true).ShouldBe(Decision.Nothing);

    [Fact]
    public void No_two_of_the_services_own_streams_are_the_same()
    {
        OwnStreams.All.ShouldBeUnique();
        OwnStreams.All.ShouldAllBe(own => OwnStreams.Owns(own));
        typeof(OwnStreams).GetFields().Select(field => (Guid)field.GetValue(null)!).ShouldBe(OwnStreams.All, ignoreOrder: true);
        OwnStreams.All.Count.ShouldBe(DocumentKind.All.Count + 7);
    }

    private static Decision Sign(CheckpointSigned? last, CheckpointSigned? next, bool evenUnchanged) =>
        SignCheckpoint.Decide(Log(last), last, next, evenUnchanged);

    private static CheckpointLog Log(CheckpointSigned? last) => new(CheckpointLog.StreamId, last);

    private static CheckpointSigned At(long size) => new(size, $"root-{size}", Given.Now, $"signature-{size}");
}
