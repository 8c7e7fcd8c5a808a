using System.Text;
using System.Text.Json.Nodes;
using EPerfect.PersonalData;
using EPerfect.Privacy.Tests.Slices;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Marten;

namespace EPerfect.Privacy.Tests.Requests;

/// <summary>What every service stores of an erasure, of a restriction and of a legal hold, stays readable for ever.</summary>
public sealed class StoredErasureEvents(PrivacyService privacy) : IClassFixture<PrivacyService>
{
    private static readonly ApprovedSamples Samples = new("tests/Privacy.Tests/Samples/Erasure");
    private static readonly FoundPlace[] Places = [new FoundPlace("clear", "store.mt_events", "headers", 1, "note")];
    private static readonly AcceptedPlace Accepted = new("store.mt_events", "headers", "note", 1, "coincidence");
    private static readonly ShreddedGroup[] Groups = [new ShreddedGroup("identity", 2, [1, 2], Given.Now)];
    private static readonly HeldBack[] Held = [new HeldBack("billing", "tax-law", Given.Now)];
    private static readonly RemovedRows[] Removed = [new RemovedRows("logins", 1)];

    private static readonly Dictionary<string, object> Events = new(StringComparer.Ordinal)
    {
        ["erasure_received"] = new ErasureReceived(Given.AccountId, Given.AccountId, Given.Now),
        ["erasure_begun"] = new ErasureBegun([Given.AccountId], Given.Now),
        ["erasure_search_paused"] = new ErasureSearchPaused(new ScanState(3, 9, Places, "store.mt_events", 2048), Given.Now),
        ["erasure_searched"] = new ErasureSearched(9, 30, 80, Given.Now),
        ["erasure_stopped"] = new ErasureStopped(Given.AccountId, Given.AccountId, Places, Given.Now, Given.LastYear),
        ["erasure_keys_destroyed"] = new ErasureKeysDestroyed(
            Groups, Held, Removed, Given.Now, [new ShreddedSubjects("identity", [Given.AccountId])]),
        ["erasure_searched_again"] = new ErasureSearchedAgain(Searched: true, Given.Now),
        ["erasure_hold_ended"] = new ErasureHoldEnded(Given.Now),
        ["erasure_place_accepted"] = new ErasurePlaceAccepted(Accepted, Given.Now),
        ["erasure_unchanged"] = new ErasureUnchanged(Given.Now, Given.LastYear),
        ["personal_data_shredded"] = new PersonalDataShredded(
            Given.AccountId, Given.AccountId, Groups, Held, Removed, new SearchResult(30, 80, 9, 0, 7, 2, SearchedAgain: true),
            Given.Now, UnreadableInCopies: true, Given.LastYear, [Accepted]),
        ["restriction_ordered"] = new RestrictionOrdered(Given.AccountId, IsRestricted: true, 3, Given.Now),
        ["restriction_applied"] = new RestrictionApplied(
            Given.AccountId, IsRestricted: true, 3, [Given.AccountId], Given.Now),
        ["hold_ordered"] = new HoldOrdered(
            Given.AccountId, Given.AccountId, [DataGroup.Identity, DataGroup.Logs], "case:2026-117", Given.Now, IsHeld: true, 3,
            Given.LastYear),
        ["hold_applied"] = new HoldApplied(
            Given.AccountId, Given.AccountId, IsHeld: true, 3, [Given.AccountId], [DataGroup.Logs], Given.Now),
    };

    public static TheoryData<string> Names => [.. Events.Keys];

    private ISerializer Json => privacy.Get<IDocumentStore>().Options.Serializer();

    [Theory, MemberData(nameof(Names))]
    public void An_event_is_written_as_it_always_was_and_read_as_what_it_was(string name)
    {
        Samples.Matches(name, Json.ToJson(Events[name])).ShouldBeTrue();
        using var sample = new MemoryStream(Encoding.UTF8.GetBytes(Samples.Read(name)));
        Json.ToJson(Json.FromJson(Events[name].GetType(), sample)).ShouldBe(Json.ToJson(Events[name]));
    }

    [Fact]
    public void What_was_stored_before_copies_were_told_of_claims_nothing_of_them()
    {
        var old = JsonNode.Parse(Samples.Read("personal_data_shredded"))!.AsObject();
        foreach (var later in (string[])["unreadableInCopies", "unreadableInCopiesFrom", "accepted"]) old.Remove(later);
        using var sample = new MemoryStream(Encoding.UTF8.GetBytes(old.ToJsonString()));

        var read = Json.FromJson<PersonalDataShredded>(sample);

        (read.UnreadableInCopies, read.UnreadableInCopiesFrom, read.Accepted).ShouldBe((false, null, null));
        read.ShreddedAt.ShouldBe(Given.Now);
    }

    [Fact]
    public void What_was_stored_before_it_was_told_whose_keys_were_destroyed_names_nobody_of_a_group_that_is_held()
    {
        var old = JsonNode.Parse(Samples.Read("erasure_keys_destroyed"))!.AsObject();
        old.Remove("subjects");
        old["groups"]!.AsArray().Add(old["groups"]![0]!.DeepClone());
        old["groups"]![1]!["group"] = "billing";
        using var sample = new MemoryStream(Encoding.UTF8.GetBytes(old.ToJsonString()));

        var known = KnownErasure.Create(new ErasureReceived(Given.AccountId, Given.AccountId, Given.Now))
            .Apply(new ErasureBegun([Given.AccountId], Given.Now))
            .Apply(Json.FromJson<ErasureKeysDestroyed>(sample));

        known.Gone.ShouldHaveSingleItem().Group.ShouldBe(DataGroup.Identity, "billing stands among what is held too");
    }
}
