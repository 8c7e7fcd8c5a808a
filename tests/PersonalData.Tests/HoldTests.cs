using EPerfect.Testing;

namespace EPerfect.PersonalData.Tests;

public sealed class HoldTests(PostgresServer server)
{
    private static readonly Guid Ann = Guid.CreateVersion7();
    private static readonly Guid Erasure = Guid.CreateVersion7();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_hold_When_the_group_is_to_be_shredded_Then_it_stays_readable_and_the_erasure_waits()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        var value = await vault.SealAsync(Ann, Holder.Ann, Ct);
        var hold = Hold(DataGroup.Identity);
        await vault.HoldAsync(hold, Ct);

        (await vault.ShredAsync(Ann, DataGroup.Identity, Erasure, Ct)).ShouldBeOfType<Shredding.Held>().Holds.ShouldBe([hold]);
        await vault.ShredAsync(Ann, DataGroup.Identity, Erasure, Ct);

        (await vault.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann));
        var state = (await vault.StateAsync(Ann, Ct)).ShouldHaveSingleItem();
        (state.Group, state.Keys, state.ShreddedAt).ShouldBe((DataGroup.Identity, KeyStanding.Active, null));
        state.Holds.ShouldBe([hold]);
        state.PendingErasures.ShouldBe([Erasure]);
        (await database.RowsAsync("select count(*)::text from accounts.erasure_ledger")).ShouldBe(["0"]);
    }

    [Fact]
    public async Task Given_held_erasures_When_the_hold_is_released_Then_they_are_done_and_named_however_often_it_is_asked()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        var value = await vault.SealAsync(Ann, Holder.Ann, Ct);
        var (hold, other) = (Hold(DataGroup.Identity), Guid.CreateVersion7());
        await vault.HoldAsync(hold, Ct);
        await vault.ShredAsync(Ann, DataGroup.Identity, Erasure, Ct);
        await vault.ShredAsync(Ann, DataGroup.Identity, other, Ct);
        database.Clock.Advance(TimeSpan.FromDays(1));

        var done = await database.Vault().ReleaseAsync(hold.Id, Ct);

        var now = database.Clock.GetUtcNow();
        done.ShouldBe(
            [
                new SettledErasure(Erasure, Ann, DataGroup.Identity, now),
                new SettledErasure(other, Ann, DataGroup.Identity, now),
            ]);
        database.Clock.Advance(TimeSpan.FromSeconds(1));
        (await vault.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Erased());
        (await vault.ReleaseAsync(hold.Id, Ct)).ShouldBe(done);
        var shredding = (await vault.ShredAsync(Ann, DataGroup.Identity, Erasure, Ct)).ShouldBeOfType<Shredding.Done>();
        shredding.ShreddedAt.ShouldBe(now);
        shredding.Versions.ShouldBe([1]);
        (await database.RowsAsync("select count(*)::text from accounts.erasure_ledger")).ShouldBe(["2"]);
        (await vault.StateAsync(Ann, Ct)).Single().PendingErasures.ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_a_hold_with_an_end_When_it_has_come_Then_what_waited_is_done()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        await vault.SealAsync(Ann, Holder.Ann, Ct);
        await vault.HoldAsync(Hold(DataGroup.Identity, database.Clock.GetUtcNow().AddDays(3)), Ct);
        await vault.ShredAsync(Ann, DataGroup.Identity, Erasure, Ct);

        database.Clock.Advance(TimeSpan.FromDays(3) - TimeSpan.FromSeconds(1));
        (await vault.SettleAsync(Ct)).ShouldBeEmpty();
        database.Clock.Advance(TimeSpan.FromSeconds(1));

        (await vault.SettleAsync(Ct)).ShouldHaveSingleItem().ErasureId.ShouldBe(Erasure);
        (await vault.SettleAsync(Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_two_holds_When_one_ends_Then_the_other_still_holds()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        var (narrow, wide) = (Hold(DataGroup.Identity), Hold(null));
        await vault.HoldAsync(narrow, Ct);
        await vault.HoldAsync(wide, Ct);
        await vault.ShredAsync(Ann, DataGroup.Identity, Erasure, Ct);

        (await vault.ReleaseAsync(narrow.Id, Ct)).ShouldBeEmpty();
        (await vault.ReleaseAsync(wide.Id, Ct)).ShouldHaveSingleItem().ErasureId.ShouldBe(Erasure);
    }

    [Fact]
    public async Task Given_a_hold_on_all_groups_Then_a_group_without_a_key_is_held_and_still_gets_one()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        var hold = Hold(null);
        await vault.HoldAsync(hold, Ct);

        (await vault.ShredAsync(Ann, DataGroup.Contact, Erasure, Ct)).ShouldBeOfType<Shredding.Held>();

        var value = await vault.SealAsync(Ann, new Reach("+4312345"), Ct);
        await vault.ReleaseAsync(hold.Id, Ct);
        (await vault.OpenAsync(value, Ct)).ShouldBe(new Opened<Reach>.Erased());
    }

    [Fact]
    public async Task Given_an_erased_group_When_it_is_held_Then_the_hold_is_told_to_come_too_late_and_shows_nowhere()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        await vault.ShredAsync(Ann, DataGroup.Identity, Erasure, Ct);

        (await vault.HoldAsync(Hold(DataGroup.Identity), Ct)).ShouldBe([DataGroup.Identity]);
        (await vault.HoldAsync(Hold(null), Ct)).ShouldBe([DataGroup.Identity]);

        (await vault.ShredAsync(Ann, DataGroup.Identity, Guid.CreateVersion7(), Ct)).ShouldBeOfType<Shredding.Done>();
        (await vault.StateAsync(Ann, Ct)).Single(state => state.Group == DataGroup.Identity).Holds.ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_a_released_hold_When_its_placing_is_repeated_late_Then_it_stays_released()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        var hold = Hold(DataGroup.Identity);
        await vault.HoldAsync(hold, Ct);
        await vault.ReleaseAsync(hold.Id, Ct);

        await vault.HoldAsync(hold, Ct);

        (await vault.ShredAsync(Ann, DataGroup.Identity, Erasure, Ct)).ShouldBeOfType<Shredding.Done>();
    }

    [Fact]
    public async Task Given_a_hold_and_an_erasure_at_once_Then_one_of_them_is_first_and_both_are_told_so()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var (holder, shredder) = (database.Vault(), database.Vault());
        for (var round = 0; round < 30; round++)
        {
            var subject = Guid.CreateVersion7();
            await holder.SealAsync(subject, Holder.Ann, Ct);
            var holding = Task.Run(
                () => holder.HoldAsync(new LegalHold(Guid.CreateVersion7(), subject, null, "case:1", null), Ct), Ct);
            var shredding = await shredder.ShredAsync(subject, DataGroup.Identity, Erasure, Ct);

            (shredding is Shredding.Done).ShouldBe((await holding).Count == 1);
        }
    }

    [Fact]
    public async Task Given_a_release_cut_short_Then_settling_does_what_it_left()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        await vault.HoldAsync(Hold(DataGroup.Identity), Ct);
        await vault.ShredAsync(Ann, DataGroup.Identity, Erasure, Ct);
        await database.ExecuteAsync("update accounts.subject_hold set released_at = '2026-03-01 12:00Z'");

        var done = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => database.Vault().SettleAsync(Ct)));

        done.ShouldContain(one => one.Count == 1);
        (await vault.StateAsync(Ann, Ct)).Single().Keys.ShouldBe(KeyStanding.Shredded);
        (await database.RowsAsync("select count(*)::text from accounts.erasure_ledger")).ShouldBe(["1"]);
    }

    [Fact]
    public async Task Given_a_group_that_was_never_sealed_When_it_is_shredded_Then_no_key_is_claimed_destroyed()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();

        var done = (await vault.ShredAsync(Ann, DataGroup.Identity, Erasure, Ct)).ShouldBeOfType<Shredding.Done>();

        done.Versions.ShouldBeEmpty();
        var state = (await vault.StateAsync(Ann, Ct)).ShouldHaveSingleItem();
        (state.Keys, state.ErasureId, state.FinalAt).ShouldBe((KeyStanding.Shredded, Erasure, done.ShreddedAt));
        state.Versions.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_nobody_knows_has_no_state_and_no_hold_to_release()
    {
        await using var database = await KeyDatabase.CreateAsync(server);

        (await database.Vault().StateAsync(Ann, Ct)).ShouldBeEmpty();
        (await database.Vault().ReleaseAsync(Guid.CreateVersion7(), Ct)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("Ann Ångström sued us")]
    [InlineData("ann@example.org")]
    [InlineData("case:1\n")]
    public void A_reason_is_a_reference_without_room_for_personal_data(string reason) =>
        Should.Throw<ArgumentException>(() => new LegalHold(Erasure, Ann, null, reason, null));

    private static LegalHold Hold(DataGroup? group, DateTimeOffset? until = null) =>
        new(Guid.CreateVersion7(), Ann, group, "case:2026-117", until);
}
