using EPerfect.Testing;

namespace EPerfect.PersonalData.Tests;

public sealed class RestrictionTests(PostgresServer server)
{
    private static readonly Guid Ann = Guid.CreateVersion7();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_restricted_group_Then_values_do_not_open_until_it_is_lifted()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var (here, there) = (database.Vault(), database.Vault());
        var value = await there.SealAsync(Ann, Holder.Ann, Ct);

        await here.RestrictAsync(Ann, DataGroup.Identity, order: 1, Ct);
        database.Clock.Advance(TimeSpan.FromSeconds(1));
        (await here.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Restricted());
        (await there.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Restricted());

        await here.LiftRestrictionAsync(Ann, DataGroup.Identity, order: 2, Ct);
        database.Clock.Advance(TimeSpan.FromSeconds(1));
        (await here.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann));
        (await there.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann));
    }

    [Fact]
    public async Task Given_a_restricted_group_Then_storing_goes_on()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        await vault.RestrictAsync(Ann, DataGroup.Identity, order: 1, Ct);

        var value = await vault.SealAsync(Ann, Holder.Ann, Ct);
        (await vault.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Restricted());

        await vault.LiftRestrictionAsync(Ann, DataGroup.Identity, order: 2, Ct);
        (await vault.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann));
    }

    [Fact]
    public async Task Given_no_key_When_its_group_is_restricted_and_lifted_Then_none_is_made_and_none_is_counted_as_erased()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();

        await vault.RestrictAsync(Ann, DataGroup.Identity, order: 1, Ct);
        (await vault.StateAsync(Ann, Ct)).ShouldBeEmpty();
        await vault.LiftRestrictionAsync(Ann, DataGroup.Identity, order: 2, Ct);

        (await vault.ShredAsync(Ann, DataGroup.Identity, Guid.CreateVersion7(), Ct))
            .ShouldBeOfType<Shredding.Done>().Versions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_first_values_that_are_sealed_while_their_group_is_being_restricted_Then_they_are_restricted()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var (here, there) = (database.Vault(), database.Vault());
        Guid[] people = [.. Enumerable.Range(0, 20).Select(_ => Guid.CreateVersion7())];

        var values = await Task.WhenAll(people.Select(async person =>
        {
            var restricting = there.RestrictAsync(person, DataGroup.Identity, order: 1, Ct);
            var value = await here.SealAsync(person, Holder.Ann, Ct);
            await restricting;
            return value;
        }));

        database.Clock.Advance(TimeSpan.FromSeconds(1));
        foreach (var value in values) (await here.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Restricted());
    }

    [Fact]
    public async Task Given_an_erased_group_When_it_is_restricted_and_lifted_Then_it_stays_erased()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        var value = await vault.SealAsync(Ann, Holder.Ann, Ct);
        await vault.ShredAsync(Ann, DataGroup.Identity, Guid.CreateVersion7(), Ct);

        await vault.RestrictAsync(Ann, DataGroup.Identity, order: 1, Ct);
        await vault.LiftRestrictionAsync(Ann, DataGroup.Identity, order: 2, Ct);

        (await vault.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Erased());
    }

    [Fact]
    public async Task Given_a_restricted_group_When_it_is_shredded_Then_it_is_erased()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        var value = await vault.SealAsync(Ann, Holder.Ann, Ct);
        await vault.RestrictAsync(Ann, DataGroup.Identity, order: 1, Ct);

        await vault.ShredAsync(Ann, DataGroup.Identity, Guid.CreateVersion7(), Ct);

        (await vault.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Erased());
    }

    [Theory]
    [InlineData(RestrictionException.ConsentOfThePerson)]
    [InlineData(RestrictionException.LegalClaims)]
    [InlineData(RestrictionException.RightsOfAnotherPerson)]
    [InlineData(RestrictionException.ImportantPublicInterest)]
    public async Task Given_a_restricted_group_When_the_law_excepts_it_Then_it_opens(RestrictionException exception)
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        var value = await vault.SealAsync(Ann, Holder.Ann, Ct);
        await vault.RestrictAsync(Ann, DataGroup.Identity, order: 1, Ct);

        (await vault.OpenAsync(value, exception, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann));
        (await vault.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Restricted());

        await vault.ShredAsync(Ann, DataGroup.Identity, Guid.CreateVersion7(), Ct);
        (await vault.OpenAsync(value, exception, Ct)).ShouldBe(new Opened<Holder>.Erased());
    }

    [Fact]
    public async Task Given_a_restricted_group_When_its_key_is_renewed_Then_both_versions_stay_restricted_until_it_is_lifted()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        var before = await vault.SealAsync(Ann, Holder.Ann, Ct);
        await vault.RestrictAsync(Ann, DataGroup.Identity, order: 1, Ct);

        await vault.RenewAsync(Ann, DataGroup.Identity, Ct);
        var after = await vault.SealAsync(Ann, Holder.Ann, Ct);
        (await vault.OpenAsync(before, Ct)).ShouldBe(new Opened<Holder>.Restricted());
        (await vault.OpenAsync(after, Ct)).ShouldBe(new Opened<Holder>.Restricted());

        await vault.LiftRestrictionAsync(Ann, DataGroup.Identity, order: 2, Ct);
        (await vault.OpenAsync(before, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann));
        (await vault.OpenAsync(after, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann));
        (await database.RowsAsync("select state from accounts.subject_key order by ver")).ShouldBe(["retired", "active"]);
    }

    [Fact]
    public async Task Given_orders_that_come_late_or_again_Then_the_latest_holds()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        var value = await vault.SealAsync(Ann, Holder.Ann, Ct);

        await vault.LiftRestrictionAsync(Ann, DataGroup.Identity, order: 2, Ct);
        await vault.RestrictAsync(Ann, DataGroup.Identity, order: 1, Ct);
        (await vault.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann), "it was lifted before it came");

        await vault.RestrictAsync(Ann, DataGroup.Identity, order: 3, Ct);
        await vault.LiftRestrictionAsync(Ann, DataGroup.Identity, order: 2, Ct);
        await vault.RestrictAsync(Ann, DataGroup.Identity, order: 3, Ct);
        (await vault.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Restricted());
    }

    [Fact]
    public async Task Given_a_restored_key_database_When_the_orders_are_replayed_Then_the_latest_hold_as_before()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        var (bob, cid, dan) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var (ofAnn, ofBob) = (await vault.SealAsync(Ann, Holder.Ann, Ct), await vault.SealAsync(bob, Holder.Ann, Ct));
        var ofDan = await vault.SealAsync(dan, Holder.Ann, Ct);
        await vault.RestrictAsync(Ann, DataGroup.Identity, order: 1, Ct);
        await vault.RenewAsync(Ann, DataGroup.Identity, Ct);
        await using var restored = await database.CopyAsync(server);
        RestrictionOrder[] orders =
        [
            new(Ann, DataGroup.Identity, IsRestricted: false, Order: 2),
            new(bob, DataGroup.Identity, IsRestricted: false, Order: 3),
            new(bob, DataGroup.Identity, IsRestricted: true, Order: 4),
            new(cid, DataGroup.Identity, IsRestricted: true, Order: 1),
            new(dan, DataGroup.Identity, IsRestricted: true, Order: 1),
        ];
        var (replaying, running) = (restored.Vault(), restored.Vault());
        await running.ShredAsync(dan, DataGroup.Identity, Guid.CreateVersion7(), Ct);
        (await running.OpenAsync(ofAnn, Ct)).ShouldBe(new Opened<Holder>.Restricted(), "the restore brought it back");
        (await running.OpenAsync(ofBob, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann), "the restore lost it");

        for (var time = 0; time < 2; time++) await replaying.ReplayAsync(orders, Ct);

        restored.Clock.Advance(TimeSpan.FromSeconds(1));
        (await running.OpenAsync(ofAnn, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann));
        (await running.OpenAsync(ofBob, Ct)).ShouldBe(new Opened<Holder>.Restricted());
        (await running.OpenAsync(await running.SealAsync(cid, Holder.Ann, Ct), Ct)).ShouldBe(new Opened<Holder>.Restricted());
        (await running.OpenAsync(ofDan, Ct)).ShouldBe(new Opened<Holder>.Erased());
        await replaying.ReplayAsync([orders[0] with { IsRestricted = true, Order = 1 }], Ct);
        (await replaying.OpenAsync(ofAnn, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann), "an order of before says nothing");
    }
}
