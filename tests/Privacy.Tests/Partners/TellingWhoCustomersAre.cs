using System.Text.Json;
using System.Text.Json.Nodes;
using EPerfect.Contracts.Accounts;
using EPerfect.Contracts.Domains;
using EPerfect.Contracts.Partners;
using EPerfect.PersonalData;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>From the consent to what the partner reads: over a real broker, with what may happen in between.</summary>
public sealed class TellingWhoCustomersAre(SharingService sharing) : IClassFixture<SharingService>, IDisposable
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly TestPartnerKey key = new();

    private TestService Privacy => sharing.Running;

    public void Dispose() => key.Dispose();

    [Fact, Control("S11")]
    public async Task The_partner_reads_with_a_library_of_its_own_what_is_agreed_and_nobody_else_reads_anything()
    {
        var partner = await sharing.PartnerAsync(key);
        var person = await Privacy.ConsentingAsync();
        var asked = await sharing.AskedAsync(partner, person);
        asked["members"]!.AsArray().Select(member => (string)member!).ShouldBe(["name", "email", "phone"]);
        await sharing.AnswerAsync(asked, "Quetzal Canary", "quetzal@canary.example");
        await sharing.AnswerFromDomainsAsync(asked, "+12025550177", new { street = new[] { "77 Canary Lane" } });
        await sharing.UntilKeptAsync(person, times: 2);

        var events = await SharedAsync(partner, person);

        var data = new JsonObject(events.SelectMany(e => e["data"]!.AsObject())
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        data.Select(member => member.Key).ShouldBe(["name", "email", "phone"], ignoreOrder: true, "the address is not agreed");
        using var library = await NodeProgram.StartAsync("jose", [], []);
        await library.TellAsync(Line(key, data));
        var read = (await library.StepAsync("read"))["read"]!;
        ((string)read["name"]!["value"]!, (string)read["email"]!["value"]!, (string)read["phone"]!["value"]!)
            .ShouldBe(("Quetzal Canary", "quetzal@canary.example", "+12025550177"));
        ((string)read["name"]!["kid"]!).ShouldBe(key.Public.Kid);
        using var stranger = new TestPartnerKey();
        await library.TellAsync(Line(stranger, data));
        await library.StepAsync("refused");

        using var other = new TestPartnerKey("other");
        (await SharedAsync(await sharing.PartnerAsync(other), person))
            .ShouldBeEmpty("what is for one partner is for nobody else");
        var lines = (await Privacy.DisclosuresAsync(person)).Where(line => line!["partnerId"]!.GetValue<Guid>() == partner);
        lines.Select(line => string.Join(' ', line!["fields"]!.AsArray().Select(field => (string)field!)))
            .ShouldBe(["name email", "phone"], ignoreOrder: true);
    }

    [Fact, Control("S4", "S11")]
    public async Task No_value_rests_or_travels_in_clear_and_what_is_encrypted_rests_sealed()
    {
        string[] canaries =
        [
            "Tzacapontziza Canary", "o'neill+tag@kanari-vogel.example", "+4915112345678", "Straße der Kanarienvögel 9",
            "Ж. Канарейкина", "金丝雀路",
        ];
        var partner = await sharing.PartnerAsync(key);
        var person = await Privacy.ConsentingAsync();
        var asked = await sharing.AskedAsync(partner, person);
        await sharing.AnswerAsync(asked, canaries[0] + canaries[4], canaries[1]);
        await sharing.AnswerFromDomainsAsync(asked, canaries[2], new { street = canaries[3], city = canaries[5] });
        await sharing.UntilKeptAsync(person, times: 2);

        var events = await SharedAsync(partner, person);

        var told = string.Concat(events.Concat(sharing.Asked).Select(e => e.ToJsonString()));
        foreach (var word in canaries.Append("Kanarienv").Append("Tzacapontziza"))
        {
            told.ShouldNotContain(word);
            Privacy.Log.Lines.ShouldAllBe(line => !line.Contains(word));
            (await DatabaseText.TablesWithAsync(Privacy.Database.Admin, word, Token)).ShouldBeEmpty();
        }

        var jwe = (string)events[0]["data"]!.AsObject().First().Value!["jwe"]!;
        (await DatabaseText.TablesWithAsync(Privacy.Database.Admin, jwe.Split('.')[3], Token)).ShouldBeEmpty();
        Privacy.Log.Lines.ShouldAllBe(line => !line.Contains(jwe));
    }

    [Fact]
    public async Task Asked_and_answered_twice_late_and_out_of_order_the_partner_has_each_answer_once_and_the_newest_last()
    {
        var partner = await sharing.PartnerAsync(key);
        var person = await Privacy.ConsentingAsync();
        var first = await sharing.AskedAsync(partner, person);
        await sharing.Wire.PublishAsync(
            ProfileChanged.Name, new ProfileChanged(person, DateTimeOffset.UtcNow, 2), Guid.CreateVersion7(), Token);
        var second = await sharing.AskedAsync(partner, person, times: 2);
        second["members"]!.AsArray().Select(member => (string)member!).ShouldBe(["name", "email"]);

        var message = Guid.CreateVersion7();
        await sharing.AnswerAsync(second, "New Name", "new@mail.example", message);
        await sharing.UntilKeptAsync(person);
        await sharing.AnswerAsync(second, "New Name", "new@mail.example", message);
        await sharing.AnswerAsync(second, "New Name", "new@mail.example");
        await sharing.AnswerAsync(first, "Old Name", "old@mail.example");
        await sharing.HandledAsync();

        var e = (await SharedAsync(partner, person)).ShouldHaveSingleItem();
        ((string)key.Decrypt(e["data"]!["name"]!)!).ShouldBe("New Name");
    }

    [Fact, Control("S11")]
    public async Task Withdrawn_between_question_and_answer_nothing_is_kept_and_given_again_it_is_asked_anew()
    {
        var partner = await sharing.PartnerAsync(key);
        var person = await Privacy.ConsentingAsync();
        var asked = await sharing.AskedAsync(partner, person);
        await Privacy.WithdrawAsync(person);
        await sharing.AnswerAsync(asked, "Withdrawn", "withdrawn@mail.example");
        await sharing.HandledAsync();

        (await sharing.KeptAsync(person)).ShouldBeEmpty();
        (await SharedAsync(partner, person)).ShouldBeEmpty();
        await Privacy.ConsentAgainAsync(person);
        await sharing.AnswerAsync(await sharing.AskedAsync(partner, person, times: 2), "Given Again", "again@mail.example");
        await sharing.UntilKeptAsync(person);
        var e = (await SharedAsync(partner, person)).ShouldHaveSingleItem();
        ((string)key.Decrypt(e["data"]!["name"]!)!).ShouldBe("Given Again");
    }

    [Fact, Control("S11")]
    public async Task Withdrawn_before_it_is_sent_nothing_leaves()
    {
        var (partner, person) = await ToldAsync();
        await Privacy.WithdrawAsync(person);

        (await SharedAsync(partner, person)).ShouldBeEmpty();
        (await Privacy.DisclosuresAsync(person)).ShouldBeEmpty();
    }

    [Fact, Control("S11")]
    public async Task Erased_between_question_and_answer_nothing_is_kept()
    {
        var partner = await sharing.PartnerAsync(key);
        var person = await Privacy.ConsentingAsync();
        var asked = await sharing.AskedAsync(partner, person);
        await Privacy.ErasedAsync(await Privacy.OrderErasureAsync(person));
        await sharing.AnswerAsync(asked, "Erased", "erased@mail.example");
        await sharing.HandledAsync();

        (await sharing.KeptAsync(person)).ShouldBeEmpty();
        (await SharedAsync(partner, person)).ShouldBeEmpty();
    }

    [Fact, Control("S11")]
    public async Task Erased_before_it_is_sent_nothing_leaves_and_nobody_can_read_what_was_kept()
    {
        var (partner, person) = await ToldAsync();
        await Privacy.ErasedAsync(await Privacy.OrderErasureAsync(person));

        (await SharedAsync(partner, person)).ShouldBeEmpty();
        var vault = Privacy.Services.GetRequiredService<Vault>();
        (await vault.OpenAsync((await sharing.KeptAsync(person)).ShouldHaveSingleItem(), Token))
            .ShouldBeOfType<Opened<EnclosedValues>.Erased>();
        (await Privacy.DisclosuresAsync(person)).ShouldBeEmpty();
    }

    [Fact, Control("S11")]
    public async Task Restricted_nothing_leaves_and_once_that_ends_it_is_asked_anew()
    {
        var (partner, person) = await ToldAsync();
        await Privacy.RestrictAsync(person);

        (await SharedAsync(partner, person)).ShouldBeEmpty();
        await Privacy.LiftAsync(person);
        await sharing.AnswerAsync(await sharing.AskedAsync(partner, person, times: 2), "Lifted", "lifted@mail.example");
        await sharing.UntilKeptAsync(person, times: 2);
        ((string)key.Decrypt((await SharedAsync(partner, person))[^1]["data"]!["name"]!)!).ShouldBe("Lifted");
    }

    [Fact, Control("S11")]
    public async Task With_another_key_everything_is_asked_anew_and_what_is_for_the_old_one_leaves_no_more()
    {
        var (partner, person) = await ToldAsync();
        using var program = Privacy.Program(partner);
        using var next = new TestPartnerKey("key-2");
        (await program.PutAsync("/api/partners/key", next.Public)).EnsureSuccessStatusCode();

        (await SharedAsync(partner, person)).ShouldBeEmpty("it is for the old key");
        var asked = await sharing.AskedAsync(partner, person, times: 2);
        await sharing.AnswerAsync(sharing.Of(partner, person)[0], "For the old key", "old@mail.example");
        await sharing.AnswerAsync(asked, "For the new key", "new@mail.example");
        await sharing.UntilKeptAsync(person, times: 2);
        await sharing.HandledAsync();

        var e = (await SharedAsync(partner, person)).ShouldHaveSingleItem();
        ((string)next.Decrypt(e["data"]!["name"]!)!).ShouldBe("For the new key");
    }

    [Fact, Control("S13")]
    public async Task A_registrant_contact_that_comes_later_or_is_corrected_follows()
    {
        var (partner, person) = await ToldAsync();
        await DomainsSaysAsync(DomainRegistered.Name, new DomainRegistered(
            "quetzal.example", person, person, person, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddYears(1), 1));
        var asked = await sharing.AskedAsync(partner, person, times: 2);
        asked["members"]!.AsArray().Select(member => (string)member!).ShouldBe(["phone"]);
        await sharing.AnswerFromDomainsAsync(asked, "+12025550100", new { city = "Tallinn" });
        await sharing.UntilKeptAsync(person, times: 2);
        await DomainsSaysAsync(DomainRegistered.Name, new DomainRegistered(
            "another.example", person, person, person, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddYears(1), 1));
        foreach (var fields in (string[][])[["name", "organisation"], ["phone", "email"]])
        {
            await DomainsSaysAsync(ContactCorrected.Name, new ContactCorrected(
                person, person, fields, DateTimeOffset.UtcNow, fields.Contains("phone") ? 3 : 2));
        }

        await sharing.AnswerFromDomainsAsync(
            await sharing.AskedAsync(partner, person, times: 3), "+12025550199", new { city = "Paris" });
        await sharing.UntilKeptAsync(person, times: 3);
        await sharing.HandledAsync();

        sharing.Of(partner, person).Count.ShouldBe(3, "neither a second domain nor another name is a reason to ask");
        (await SharedAsync(partner, person)).Select(e => e["data"]!["phone"]).OfType<JsonNode>()
            .Select(phone => (string)key.Decrypt(phone)!).ShouldBe(["+12025550100", "+12025550199"]);
    }

    [Fact]
    public async Task Who_agreed_before_is_asked_for_when_an_agreement_begins_page_by_page_once_each_also_after_a_kill()
    {
        var people = new List<Guid>();
        for (var i = 0; i < 130; i++) people.Add(await Privacy.ConsentingAsync(given: i % 10 > 0));
        var agreed = people.Where((_, i) => i % 10 > 0).ToHashSet();
        var withdrawn = agreed.First();
        await Privacy.WithdrawAsync(withdrawn);
        agreed.Remove(withdrawn);

        var partner = await sharing.PartnerAsync(key);
        await Privacy.DisposeAsync();
        await sharing.StartAsync();

        await Until.TrueAsync(() => Task.FromResult(AskedOf(partner).IsSupersetOf(agreed)), "all are asked for");
        await Until.TrueAsync(
            async () => (await Privacy.HappenedAsync(partner))[^1] == "asking_ended", "the round is over");
        AskedOf(partner).ShouldNotContain(withdrawn);
        AskedOf(partner).Intersect(people).Except(agreed).ShouldBeEmpty();
        foreach (var person in agreed.Take(10))
        {
            (await Privacy.HappenedAsync(EPerfect.Privacy.Partners.Sharing.Sharing.StreamOf(partner, person)))
                .ShouldBe(["partner_data_asked"]);
        }
    }

    private Task DomainsSaysAsync<T>(string name, T message) =>
        sharing.Wire.PublishAsync(name, message, Guid.CreateVersion7(), Token);

    private HashSet<Guid> AskedOf(Guid partner) =>
    [
        .. sharing.Asked.Where(one => one["partnerId"]!.GetValue<Guid>() == partner)
            .Select(one => one["accountId"]!.GetValue<Guid>()),
    ];

    private async Task<(Guid Partner, Guid Person)> ToldAsync()
    {
        var partner = await sharing.PartnerAsync(key);
        var person = await Privacy.ConsentingAsync();
        await sharing.AnswerAsync(await sharing.AskedAsync(partner, person), "Quetzal Canary", "quetzal@canary.example");
        await sharing.UntilKeptAsync(person);
        return (partner, person);
    }

    /// <summary>What the partner gets of who this person is, by asking for all.</summary>
    private async Task<IReadOnlyList<JsonObject>> SharedAsync(Guid partner, Guid person)
    {
        using var program = Privacy.Program(partner);
        var page = await program.PullAsync("?limit=500");
        return
        [
            .. page["events"]!.AsArray().Select(e => e!.AsObject()).Where(e =>
                (string)e["type"]! == CustomerSharedData.EventType && e["subject"]!.GetValue<Guid>() == person),
        ];
    }

    private static string Line(TestPartnerKey key, JsonObject data)
    {
        var (kty, crv, x, y, kid) = key.Public;
        return JsonSerializer.Serialize(new { key = new { kty, crv, x, y, kid, d = key.Secret }, data });
    }
}
