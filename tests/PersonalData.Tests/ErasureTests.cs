using EPerfect.Testing;

namespace EPerfect.PersonalData.Tests;

public sealed class ErasureTests(PostgresServer server)
{
    private static readonly Guid Ann = Guid.CreateVersion7();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact, Control("M2")]
    public async Task Given_a_shredded_group_When_its_values_are_opened_Then_they_are_erased_and_other_groups_are_not()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        var holder = await vault.SealAsync(Ann, Holder.Ann, Ct);
        var reach = await vault.SealAsync(Ann, new Reach("+4312345"), Ct);

        await vault.ShredAsync(Ann, DataGroup.Identity, Guid.CreateVersion7(), Ct);

        (await vault.OpenAsync(holder, Ct)).ShouldBe(new Opened<Holder>.Erased());
        (await vault.OpenAsync(reach, Ct)).ShouldBe(new Opened<Reach>.Clear(new Reach("+4312345")));
        (await database.RowsAsync("select coalesce(wrapped::text, 'none') from accounts.subject_key where grp = 1"))
            .ShouldBe(["none"]);
    }

    [Fact]
    public async Task Given_a_key_in_another_process_When_it_is_shredded_Then_that_process_knows_within_a_second()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var (here, there) = (database.Vault(), database.Vault());
        var value = await here.SealAsync(Ann, Holder.Ann, Ct);
        (await there.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann));

        await here.ShredAsync(Ann, DataGroup.Identity, Guid.CreateVersion7(), Ct);
        database.Clock.Advance(TimeSpan.FromSeconds(1));

        (await there.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Erased());
        await Should.ThrowAsync<SubjectErasedException>(there.SealAsync(Ann, Holder.Ann, Ct));
    }

    [Fact]
    public async Task Given_a_shredded_group_When_something_is_sealed_Then_no_new_key_is_made()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        await vault.SealAsync(Ann, Holder.Ann, Ct);
        await vault.ShredAsync(Ann, DataGroup.Identity, Guid.CreateVersion7(), Ct);

        var refused = await Should.ThrowAsync<SubjectErasedException>(vault.SealAsync(Ann, Holder.Ann, Ct));

        (refused.Subject, refused.Group).ShouldBe((Ann, DataGroup.Identity));
        (await database.RowsAsync("select state from accounts.subject_key")).ShouldBe(["shredded"]);
    }

    [Fact]
    public async Task Given_a_subject_without_a_key_When_it_is_shredded_Then_it_never_gets_one()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();

        await vault.ShredAsync(Ann, DataGroup.Identity, Guid.CreateVersion7(), Ct);

        await Should.ThrowAsync<SubjectErasedException>(vault.SealAsync(Ann, Holder.Ann, Ct));
    }

    [Fact]
    public async Task Given_an_erasure_done_When_it_is_repeated_Then_nothing_changes()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        await vault.SealAsync(Ann, Holder.Ann, Ct);
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await vault.ShredAsync(Ann, DataGroup.Identity, first, Ct);
        const string state =
            "select k::text from accounts.subject_key k union all select l::text from accounts.erasure_ledger l";
        var before = await database.RowsAsync(state);

        database.Clock.Advance(TimeSpan.FromDays(1));
        await vault.ShredAsync(Ann, DataGroup.Identity, first, Ct);
        (await database.RowsAsync(state)).ShouldBe(before);

        await vault.ShredAsync(Ann, DataGroup.Identity, second, Ct);
        (await database.RowsAsync("select erasure_id::text from accounts.subject_key")).ShouldBe([first.ToString()]);
        (await database.RowsAsync("select count(*)::text from accounts.erasure_ledger")).ShouldBe(["2"]);
    }

    [Fact]
    public async Task Given_a_first_value_sealed_during_the_erasure_Then_it_is_erased_too()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var (sealer, shredder) = (database.Vault(), database.Vault());

        for (var round = 0; round < 30; round++)
        {
            var subject = Guid.CreateVersion7();
            var sealing = Task.Run(() => sealer.SealAsync(subject, Holder.Ann, Ct), Ct);
            await shredder.ShredAsync(subject, DataGroup.Identity, Guid.CreateVersion7(), Ct);
            try
            {
                (await shredder.OpenAsync(await sealing, Ct)).ShouldBe(new Opened<Holder>.Erased());
            }
            catch (SubjectErasedException)
            {
                // The tombstone was first.
            }

            await Should.ThrowAsync<SubjectErasedException>(shredder.SealAsync(subject, Holder.Ann, Ct));
        }
    }

    [Fact]
    public async Task Given_one_second_of_use_while_another_process_shreds_Then_no_stale_key_outlives_the_bound()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var (user, shredder) = (database.Vault(), database.Vault());
        for (var round = 0; round < 10; round++)
        {
            var subject = Guid.CreateVersion7();
            var value = await shredder.SealAsync(subject, Holder.Ann, Ct);
            using var stop = new CancellationTokenSource();
            var using4 = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    await user.OpenAsync(value, Ct);
                    database.Clock.Advance(TimeSpan.FromMilliseconds(50));
                }
            }, Ct)).ToList();
            await shredder.ShredAsync(subject, DataGroup.Identity, Guid.CreateVersion7(), Ct);
            await stop.CancelAsync();
            await Task.WhenAll(using4);

            database.Clock.Advance(TimeSpan.FromSeconds(1));
            (await user.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Erased());
        }
    }
}
