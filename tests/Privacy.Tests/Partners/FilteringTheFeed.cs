using System.Text.Json;
using CsCheck;
using EPerfect.Privacy.Decisions;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.Privacy.People;
using EPerfect.Testing;
using static EPerfect.Privacy.Tests.Partners.GivenPartners;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>For random agreements: no type, no member and no person beyond what is agreed and allowed.</summary>
public sealed class FilteringTheFeed
{
    private static readonly Person Consenting =
        Given.Customer.Apply(Given.Consent(Purposes.PartnerSharing, given: true, policySet: 1));

    private static readonly string[] Types = [.. FeedTypes.Agreeable];

    private static Gen<T[]> Some<T>(IReadOnlyList<T> all) =>
        Gen.Bool.Array[all.Count].Select(chosen => all.Where((_, i) => chosen[i]).ToArray());

    private static Gen<AgreedEvent> Event(string type) =>
        Some(FeedTypes.Find(type)!.Fields).Select(fields => new AgreedEvent(type, [.. fields.Select(field => field.Name)]));

    private static readonly Gen<Terms> AnyTerms =
        from types in Some(Types)
        from events in types.Aggregate(
            Gen.Const(Array.Empty<AgreedEvent>()),
            (all, type) => Gen.Select(all, Event(type), (before, one) => before.Append(one).ToArray()))
        from categories in Some(["account", "contact", "identity"])
        from purposes in Some([Purposes.PartnerSharing, "service", "bookkeeping", "surveillance"])
        select new Terms(purposes, categories, events, Bases.Consent, 30);

    private static readonly Gen<(Terms Wide, Terms Narrow)> Narrowed =
        from wide in AnyTerms
        from events in Some(wide.Events)
        from categories in Some(wide.Categories)
        from dropped in Gen.Int[0, 3]
        select (wide, wide with
        {
            Categories = categories,
            Events = [.. events.Select(e => e with { Fields = [.. e.Fields.Skip(dropped)] })],
        });

    private static readonly Gen<FeedEntry> AnyEntry =
        from type in Gen.Int[0, FeedTypes.All.Count - 1].Select(i => FeedTypes.All[i])
        from fields in Some(type.Fields)
        from position in Gen.Long[1, 200]
        select new FeedEntry(
            new FeedEntryRecorded(
                Given.AccountId,
                type.Name,
                Given.AccountId,
                JsonSerializer.SerializeToElement(fields.ToDictionary(field => field.Name, _ => "value")),
                Given.Now),
            position,
            1,
            null);

    [Fact, Control("S11")]
    public void Nothing_leaves_beyond_the_agreement() => Gen.Select(AnyTerms, AnyEntry).Sample((terms, entry) =>
    {
        if (Decide(entry, terms, Consenting) is not { } cleared) return;

        var agreed = terms.FieldsOf(entry.Recorded.Type).ShouldNotBeNull();
        cleared.Fields.Except(agreed).ShouldBeEmpty();
        cleared.Data.Keys.Except(agreed).ShouldBeEmpty();
        var type = FeedTypes.Find(entry.Recorded.Type)!;
        cleared.Data.Keys.ShouldAllBe(field => terms.Categories.Contains(type.Find(field)!.Category));
        terms.Purposes.ShouldContain(cleared.Purpose);
        entry.Position.ShouldBeGreaterThan(100, "nothing of before the agreement");
    });

    [Fact, Control("S11")]
    public void Narrowed_nothing_leaves_that_did_not_before() => Gen.Select(Narrowed, AnyEntry).Sample((terms, entry) =>
    {
        var (wide, narrow) = terms;
        narrow.IsWithin(wide).ShouldBeTrue();
        if (Decide(entry, narrow, Consenting) is not { } after) return;
        var before = Decide(entry, wide, Consenting).ShouldNotBeNull();
        after.Fields.Except(before.Fields).ShouldBeEmpty();
    });

    [Fact, Control("S11")]
    public void Widened_nothing_of_before_leaves_that_did_not_and_after_that_all_that_is_agreed() =>
        Gen.Select(Narrowed, AnyEntry).Sample((terms, entry) =>
    {
        var agreement = new Agreement(1, terms.Narrow, Since: 50).Replace(2, terms.Wide, position: 150);
        var then = new Agreement(2, entry.Position > 150 ? terms.Wide : terms.Narrow, Since: 50);

        var (got, expected) = (Decide(entry, agreement, Consenting), Decide(entry, then, Consenting));

        (got?.Purpose).ShouldBe(expected?.Purpose);
        (got?.Fields ?? []).ShouldBe(expected?.Fields ?? []);
    }, iter: 5000);

    [Fact, Control("S11")]
    public void Without_consent_nothing_leaves_for_partners() => Gen.Select(AnyTerms, AnyEntry).Sample((terms, entry) =>
    {
        var withdrawn = Consenting.Apply(Given.Consent(Purposes.PartnerSharing, given: false, policySet: 1));

        foreach (var person in new[] { withdrawn, Given.Customer, new Person(), null })
            Decide(entry, terms, person).ShouldBeNull("whatever the purposes' bases are");
    });

    [Fact, Control("S11")]
    public void Of_who_is_being_erased_nothing_leaves_but_that() => Gen.Select(AnyTerms, AnyEntry).Sample((terms, entry) =>
    {
        var erasing = Consenting.Apply(new PersonErasureOrdered(Guid.CreateVersion7(), Given.Now));

        var cleared = Decide(entry, terms, erasing, wasTold: true);

        if (cleared is not null) cleared.Rule.ShouldBe(FeedRules.DutyToNotify);
    });

    [Fact, Control("S11")]
    public void In_a_sandbox_nothing_of_a_customer_leaves() => Gen.Select(AnyTerms, AnyEntry).Sample((terms, entry) =>
        Decide(entry, terms, Consenting, partner: Active with { Mode = PartnerMode.Sandbox }).ShouldBeNull());

    [Fact]
    public void What_is_for_another_partner_leaves_to_nobody_else() => AnyEntry.Sample(entry =>
        Decide(
            entry with { Recorded = entry.Recorded with { OnlyFor = Guid.CreateVersion7() } },
            Agreed,
            Consenting,
            wasTold: true).ShouldBeNull());

    private static Cleared? Decide(
        FeedEntry entry, Terms terms, Person? person, bool wasTold = false, Partner? partner = null) =>
        Decide(entry, new Agreement(1, terms, Since: 100), person, wasTold, partner);

    private static Cleared? Decide(
        FeedEntry entry, Agreement agreement, Person? person, bool wasTold = false, Partner? partner = null) =>
        FeedRules.Decide(
            entry,
            partner ?? Active,
            agreement,
            new Facts(Declared, Given.PolicySetsOf(1), person, Given.Now),
            wasTold);
}
