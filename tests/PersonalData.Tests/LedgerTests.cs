using EPerfect.Testing;

namespace EPerfect.PersonalData.Tests;

public sealed class LedgerTests(PostgresServer server)
{
    private static readonly Guid Ann = Guid.CreateVersion7();
    private static readonly Guid Erasure = Guid.CreateVersion7();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_restored_key_database_When_the_ledger_is_replayed_Then_what_had_come_back_is_destroyed_again()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        var (back, kept, bob) = (await vault.SealAsync(Ann, Holder.Ann, Ct), await vault.SealAsync(
            Ann, new Reach("+4312345"), Ct), Guid.CreateVersion7());
        await vault.RenewAsync(Ann, DataGroup.Identity, Ct);
        await using var restored = await database.CopyAsync(server);
        await vault.ShredAsync(Ann, DataGroup.Identity, Erasure, Ct);
        await vault.ShredAsync(bob, DataGroup.Logs, Erasure, Ct);
        var shreddedAt = database.Clock.GetUtcNow();
        var ledger = await vault.LedgerAsync(Ct);
        restored.Clock.Advance(TimeSpan.FromDays(2));
        var (restoredVault, running) = (restored.Vault(), restored.Vault());
        (await running.OpenAsync(back, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann), "the restore brought it back");

        (await restoredVault.ReplayAsync(ledger, Ct)).ShouldBe(new Replay(Shredded: 1, Buried: 1, Unchanged: 0));

        restored.Clock.Advance(TimeSpan.FromSeconds(1));
        (await running.OpenAsync(back, Ct)).ShouldBe(new Opened<Holder>.Erased());
        (await running.OpenAsync(kept, Ct)).ShouldBe(new Opened<Reach>.Clear(new Reach("+4312345")));
        await Should.ThrowAsync<SubjectErasedException>(running.SealAsync(Ann, Holder.Ann, Ct));
        var state = (await restoredVault.StateAsync(Ann, Ct)).Single(one => one.Group == DataGroup.Identity);
        (state.ShreddedAt, state.ErasureId).ShouldBe((shreddedAt, Erasure));
        state.Versions.ShouldBe([1, 2]);
        (await restoredVault.LedgerAsync(Ct)).ShouldBe(ledger);
        (await restoredVault.ReplayAsync([.. ledger, .. ledger], Ct)).ShouldBe(new Replay(0, 0, 2));
    }

    [Fact]
    public async Task Given_a_hold_that_the_restore_brought_back_Then_it_does_not_bring_back_the_person()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        var value = await vault.SealAsync(Ann, Holder.Ann, Ct);
        await vault.HoldAsync(new LegalHold(Guid.CreateVersion7(), Ann, null, "case:1", null), Ct);
        await vault.ShredAsync(Ann, DataGroup.Identity, Erasure, Ct);

        await vault.ReplayAsync([new LedgerEntry(Erasure, Ann, DataGroup.Identity, database.Clock.GetUtcNow())], Ct);

        (await vault.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Erased());
        (await vault.StateAsync(Ann, Ct)).Single(one => one.Group == DataGroup.Identity).PendingErasures.ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_a_key_that_is_renewed_at_the_same_moment_Then_no_version_of_it_outlives_the_replay()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var (replaying, renewing) = (database.Vault(), database.Vault());
        for (var round = 0; round < 30; round++)
        {
            var subject = Guid.CreateVersion7();
            await renewing.SealAsync(subject, Holder.Ann, Ct);
            LedgerEntry[] ledger = [new(Erasure, subject, DataGroup.Identity, database.Clock.GetUtcNow())];

            var renewal = Task.Run(() => renewing.RenewAsync(subject, DataGroup.Identity, Ct), Ct);
            await replaying.ReplayAsync(ledger, Ct);
            await renewal.ContinueWith(
                ended => ended.Exception?.InnerException.ShouldBeOfType<SubjectErasedException>(), Ct,
                TaskContinuationOptions.None, TaskScheduler.Default);

            (await database.RowsAsync("select state from accounts.subject_key where state <> 'shredded'")).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Given_replays_on_several_instances_while_a_first_value_is_sealed_Then_it_is_destroyed_all_the_same()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var (one, other, sealer) = (database.Vault(), database.Vault(), database.Vault());
        for (var round = 0; round < 20; round++)
        {
            var subject = Guid.CreateVersion7();
            LedgerEntry[] ledger = [new(Erasure, subject, DataGroup.Identity, database.Clock.GetUtcNow())];
            var sealing = Task.Run(() => sealer.SealAsync(subject, Holder.Ann, Ct), Ct);
            await Task.WhenAll(one.ReplayAsync(ledger, Ct), other.ReplayAsync(ledger, Ct));
            await sealing.ContinueWith(
                ended => ended.Exception?.InnerException.ShouldBeOfType<SubjectErasedException>(), Ct,
                TaskContinuationOptions.None, TaskScheduler.Default);

            await Should.ThrowAsync<SubjectErasedException>(one.SealAsync(subject, Holder.Ann, Ct));
        }
    }

    [Fact]
    public async Task Given_more_entries_than_one_chunk_Then_all_are_replayed()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var entries = Enumerable.Range(0, Ledger.ChunkSize + 1)
            .Select(_ => new LedgerEntry(Erasure, Guid.CreateVersion7(), DataGroup.Identity, database.Clock.GetUtcNow()));

        (await database.Vault().ReplayAsync(entries.ToList(), Ct)).Buried.ShouldBe(Ledger.ChunkSize + 1);
    }
}
