using EPerfect.Testing;

namespace EPerfect.PersonalData.Tests;

public sealed class RenewalTests(PostgresServer server)
{
    private static readonly Guid Ann = Guid.CreateVersion7();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_renewed_key_Then_new_values_are_sealed_under_it_and_old_ones_open()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var (here, there) = (database.Vault(), database.Vault());
        var old = await there.SealAsync(Ann, Holder.Ann, Ct);

        (await here.RenewAsync(Ann, DataGroup.Identity, Ct)).ShouldBe(2);
        database.Clock.Advance(TimeSpan.FromSeconds(1));
        var anew = await there.SealAsync(Ann, Holder.Ann, Ct);

        (old.Parts.Version, anew.Parts.Version).ShouldBe((1, 2));
        (await there.OpenAsync(old, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann));
        (await here.OpenAsync(anew, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann));
        await Should.ThrowAsync<TamperSuspectedException>(
            here.OpenAsync(new Sealed<Holder>(old.Parts with { Version = 2 }), Ct));
    }

    [Fact]
    public async Task Given_a_renewed_key_When_it_is_shredded_Then_all_versions_are_destroyed_and_named()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        var old = await vault.SealAsync(Ann, Holder.Ann, Ct);
        await vault.RenewAsync(Ann, DataGroup.Identity, Ct);
        var anew = await vault.SealAsync(Ann, Holder.Ann, Ct);

        var done = await vault.ShredAsync(Ann, DataGroup.Identity, Guid.CreateVersion7(), Ct);

        done.ShouldBeOfType<Shredding.Done>().Versions.ShouldBe([1, 2]);
        (await vault.OpenAsync(old, Ct)).ShouldBe(new Opened<Holder>.Erased());
        (await vault.OpenAsync(anew, Ct)).ShouldBe(new Opened<Holder>.Erased());
        await Should.ThrowAsync<SubjectErasedException>(vault.RenewAsync(Ann, DataGroup.Identity, Ct));
    }

    [Fact]
    public async Task Given_several_renewals_and_an_erasure_at_once_Then_no_version_outlives_the_erasure()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var (renewer, other, shredder) = (database.Vault(), database.Vault(), database.Vault());
        for (var round = 0; round < 20; round++)
        {
            var subject = Guid.CreateVersion7();
            await renewer.SealAsync(subject, Holder.Ann, Ct);
            Task[] racing =
            [
                Task.Run(() => renewer.RenewAsync(subject, DataGroup.Identity, Ct), Ct),
                Task.Run(() => other.RenewAsync(subject, DataGroup.Identity, Ct), Ct),
                Task.Run(() => shredder.ShredAsync(subject, DataGroup.Identity, Guid.CreateVersion7(), Ct), Ct),
            ];
            await Task.WhenAll(racing.Select(task => task.ContinueWith(
                ended => ended.Exception?.InnerException.ShouldBeOfType<SubjectErasedException>(), Ct,
                TaskContinuationOptions.None, TaskScheduler.Default)));

            await Should.ThrowAsync<SubjectErasedException>(shredder.SealAsync(subject, Holder.Ann, Ct));
        }

        (await database.RowsAsync("select distinct state from accounts.subject_key")).ShouldBe(["shredded"]);
    }

    [Fact]
    public async Task A_secret_of_the_service_opens_in_its_place_only_and_outlives_a_renewal_of_what_wraps_it()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        var text = await vault.SealSecretAsync("signing-key|1", "secret"u8.ToArray(), Ct);
        text.ShouldNotContain("secret");
        for (var rotation = 0; rotation < 3; rotation++)
        {
            await vault.RotateAsync(TimeSpan.Zero, null, Ct);
        }

        (await database.Vault().OpenSecretAsync("signing-key|1", text, Ct)).ShouldBe("secret"u8.ToArray());
        foreach (var (place, altered) in new[]
        {
            ("signing-key|2", text), ("signing-key|1", text[..^2] + "AA"), ("signing-key|1", "s1.2" + text[4..]),
            ("signing-key|1", "w1.1.AAAA"), ("signing-key|1", ""),
        })
        {
            await Should.ThrowAsync<TamperSuspectedException>(vault.OpenSecretAsync(place, altered, Ct));
        }
    }
}
