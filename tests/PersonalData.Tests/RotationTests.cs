using EPerfect.Testing;

namespace EPerfect.PersonalData.Tests;

public sealed class RotationTests(PostgresServer server)
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly Guid Ann = Guid.CreateVersion7();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_an_epoch_that_is_old_enough_Then_the_next_begins_takes_all_keys_and_the_one_before_the_last_ends()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var (vault, running) = (database.Vault(), database.Vault());
        var values = await SealAsync(running, 3);

        (await vault.RotateAsync(Week, null, Ct))!.ShouldSatisfyAllConditions(
            early => early.Begun.ShouldBeFalse(), early => early.Epoch.ShouldBe(1));
        database.Clock.Advance(Week);
        var second = (await vault.RotateAsync(Week, null, Ct))!;
        (second.Epoch, second.Begun, second.Rewrapped, second.Unreadable).ShouldBe((2, true, 3, 0));
        second.Destroyed.ShouldBeEmpty();
        database.Clock.Advance(Week);
        (await vault.RotateAsync(Week, null, Ct))!.Destroyed.ShouldBe([1]);

        var report = await vault.ReportAsync(Ct);
        report.Epochs.Select(epoch => (epoch.Epoch, epoch.Keys)).ShouldBe([(1, 0L), (2, 0L), (3, 3L)]);
        report.Epochs[0].DestroyedAt.ShouldBe(database.Clock.GetUtcNow());
        foreach (var process in (Vault[])[running, database.Vault()])
        {
            (await process.OpenAsync(values[0], Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann));
            await SealAsync(process, 1);
        }

        (await database.RowsAsync("select count(*)::text from accounts.subject_key where kek_epoch = 3")).ShouldBe(["5"]);
    }

    [Fact, Control("M3")]
    public async Task Given_an_old_copy_of_the_key_database_When_its_epoch_was_destroyed_Then_it_cannot_be_read()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        var erased = await vault.SealAsync(Ann, Holder.Ann, Ct);
        var kept = (await SealAsync(vault, 1))[0];
        await using var copy = await database.CopyAsync(server);
        await vault.ShredAsync(Ann, DataGroup.Identity, Guid.CreateVersion7(), Ct);
        (await copy.Vault().OpenAsync(erased, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann), "its epoch still lives");
        (await vault.StateAsync(Ann, Ct)).Single().FinalAt.ShouldBeNull();

        await vault.RotateAsync(TimeSpan.Zero, null, Ct);
        await vault.RotateAsync(TimeSpan.Zero, null, Ct);

        await Should.ThrowAsync<TamperSuspectedException>(copy.Vault().OpenAsync(erased, Ct));
        (await vault.StateAsync(Ann, Ct)).Single().FinalAt.ShouldBe(database.Clock.GetUtcNow());
        (await vault.OpenAsync(kept, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann));
    }

    [Fact]
    public async Task Given_a_rotation_cut_short_at_any_step_Then_the_next_run_finishes_it()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var keys = new Breakable(new FileKeyEncryptionKeyProvider(database.KeyFile, allowed: true));
        using var vault = new Vault(new VaultOptions(database.Admin, "accounts", keys, database.Clock));
        var values = await SealAsync(vault, 5);

        for (var rotation = 0; rotation < 3; rotation++)
        {
            database.Clock.Advance(Week);
            for (var broken = true; broken;)
            {
                // One more call than the last time, until it is enough.
                keys.Calls++;
                keys.Left = keys.Calls;
                broken = await BreaksAsync(() => vault.RotateAsync(Week, null, Ct));
            }

            keys.Calls = 0;
        }

        var report = await vault.ReportAsync(Ct);
        report.Epochs.Select(epoch => epoch.DestroyedAt is null).ShouldBe([false, false, true, true]);
        report.Epochs.Sum(epoch => epoch.Keys).ShouldBe(5);
        foreach (var value in values)
        {
            (await database.Vault().OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann));
        }
    }

    [Fact]
    public async Task Given_more_keys_than_one_batch_and_several_instances_at_once_Then_one_rotates_and_each_key_moves_once()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var value = await database.Vault().SealAsync(Ann, Holder.Ann, Ct);
        await CopyKeysAsync(database, Rewrapper.BatchSize + 50);
        var progress = new List<int>();
        database.Clock.Advance(Week);

        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(run => Task.Run(
            () => database.Vault().RotateAsync(Week, new Collected(progress), Ct), Ct)));

        runs.Sum(run => run?.Rewrapped ?? 0).ShouldBe(Rewrapper.BatchSize + 51);
        runs.Count(run => run?.Begun == true).ShouldBe(1);
        progress.ShouldContain(Rewrapper.BatchSize);
        progress.ShouldContain(Rewrapper.BatchSize + 51);
        (await database.RowsAsync("select distinct kek_epoch::text from accounts.subject_key")).ShouldBe(["2"]);
        (await database.Vault().OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann));
    }

    [Fact]
    public async Task Given_sealing_opening_and_erasing_all_the_time_Then_rotations_disturb_none_of_it()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var (rotator, user, other) = (database.Vault(), database.Vault(), database.Vault());
        using var stop = new CancellationTokenSource();
        var rotations = 0;
        var using3 = Enumerable.Range(0, 3).Select(number => Task.Run(async () =>
        {
            for (var round = 0; !stop.IsCancellationRequested; round++)
            {
                var subject = Guid.CreateVersion7();
                var vault = round % 2 == 0 ? user : other;
                var value = await vault.SealAsync(subject, Holder.Ann, Ct);
                (await (round % 2 == 0 ? other : user).OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann));
                if (number == 0)
                {
                    await vault.ShredAsync(subject, DataGroup.Identity, Guid.CreateVersion7(), Ct);
                }
            }
        }, Ct)).ToList();

        var watch = System.Diagnostics.Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(3))
        {
            (await rotator.RotateAsync(TimeSpan.Zero, null, Ct))!.Unreadable.ShouldBe(0);
            rotations++;
        }

        await stop.CancelAsync();
        await Task.WhenAll(using3);
        rotations.ShouldBeGreaterThan(3);
        var alive = (await rotator.ReportAsync(Ct)).Epochs.Where(epoch => epoch.DestroyedAt is null).ToList();
        alive.Count.ShouldBe(2);
        (await database.RowsAsync(
            $"select count(*)::text from accounts.subject_key where kek_epoch < {alive[0].Epoch}")).ShouldBe(["0"]);
    }

    [Fact]
    public async Task Given_a_key_that_cannot_be_unwrapped_Then_the_others_move_and_its_epoch_is_kept()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        await vault.SealAsync(Ann, Holder.Ann, Ct);
        var value = (await SealAsync(vault, 1))[0];
        await database.ExecuteAsync(
            $"update accounts.subject_key set wrapped = wrapped || '\\x00' where subject_id = '{Ann}'");

        for (var rotation = 0; rotation < 3; rotation++)
        {
            var run = (await vault.RotateAsync(TimeSpan.Zero, null, Ct))!;
            (run.Unreadable, run.Rewrapped, run.Destroyed.Count).ShouldBe((1, 1, 0));
        }

        (await database.Vault().OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann));
    }

    [Fact]
    public async Task Given_a_process_that_never_heard_of_a_new_epoch_When_its_own_was_ended_Then_it_seals_under_the_new_one()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var deaf = new Breakable(new FileKeyEncryptionKeyProvider(database.KeyFile, allowed: true)) { Left = int.MaxValue };
        using var late = new Vault(new VaultOptions(database.Admin, "accounts", deaf, database.Clock));
        await late.SealAsync(Ann, Holder.Ann, Ct);
        deaf.StuckAt = 1;
        for (var rotation = 0; rotation < 2; rotation++)
        {
            await database.Vault().RotateAsync(TimeSpan.Zero, null, Ct);
        }

        await Should.ThrowAsync<TamperSuspectedException>(late.SealAsync(Guid.CreateVersion7(), Holder.Ann, Ct));
        (await database.RowsAsync("select count(*)::text from accounts.subject_key")).ShouldBe(["1"]);
    }

    private static async Task<List<Sealed<Holder>>> SealAsync(Vault vault, int subjects)
    {
        var values = new List<Sealed<Holder>>();
        for (var subject = 0; subject < subjects; subject++)
        {
            values.Add(await vault.SealAsync(Guid.CreateVersion7(), Holder.Ann, Ct));
        }

        return values;
    }

    private static async Task CopyKeysAsync(KeyDatabase database, int count)
    {
        var keys = new FileKeyEncryptionKeyProvider(database.KeyFile, allowed: true);
        var options = database.Options("accounts", database.Admin);
        for (var copy = 0; copy < count; copy++)
        {
            var name = new KeyName(Guid.CreateVersion7(), DataGroup.Identity);
            var wrapped = await keys.WrapAsync(1, new byte[32], KeyStore.Context(options, name, 1), Ct);
            await database.ExecuteAsync(
                "insert into accounts.subject_key(subject_id, grp, ver, state, kek_epoch, wrapped, created_at) values "
                + $"('{name.Subject}', 1, 1, 'active', 1, '\\x{Convert.ToHexString(wrapped)}', now())");
        }
    }

    private static async Task<bool> BreaksAsync(Func<Task> work)
    {
        try
        {
            await work();
            return false;
        }
        catch (VaultUnavailableException)
        {
            return true;
        }
    }

    private sealed class Collected(List<int> values) : IProgress<int>
    {
        public void Report(int value) => values.Add(value);
    }
}
