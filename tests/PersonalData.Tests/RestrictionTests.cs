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

        await here.RestrictAsync(Ann, DataGroup.Identity, Ct);
        database.Clock.Advance(TimeSpan.FromSeconds(1));
        (await here.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Restricted());
        (await there.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Restricted());

        await here.LiftRestrictionAsync(Ann, DataGroup.Identity, Ct);
        database.Clock.Advance(TimeSpan.FromSeconds(1));
        (await here.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann));
        (await there.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann));
    }

    [Fact]
    public async Task Given_a_restricted_group_Then_storing_goes_on()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        await vault.RestrictAsync(Ann, DataGroup.Identity, Ct);

        var value = await vault.SealAsync(Ann, Holder.Ann, Ct);
        (await vault.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Restricted());

        await vault.LiftRestrictionAsync(Ann, DataGroup.Identity, Ct);
        (await vault.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann));
    }

    [Fact]
    public async Task Given_an_erased_group_When_it_is_restricted_and_lifted_Then_it_stays_erased()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        var value = await vault.SealAsync(Ann, Holder.Ann, Ct);
        await vault.ShredAsync(Ann, DataGroup.Identity, Guid.CreateVersion7(), Ct);

        await vault.RestrictAsync(Ann, DataGroup.Identity, Ct);
        await vault.LiftRestrictionAsync(Ann, DataGroup.Identity, Ct);

        (await vault.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Erased());
    }

    [Fact]
    public async Task Given_a_restricted_group_When_it_is_shredded_Then_it_is_erased()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        var value = await vault.SealAsync(Ann, Holder.Ann, Ct);
        await vault.RestrictAsync(Ann, DataGroup.Identity, Ct);

        await vault.ShredAsync(Ann, DataGroup.Identity, Guid.CreateVersion7(), Ct);

        (await vault.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Erased());
    }
}
