using EPerfect.PersonalData;
using EPerfect.ServiceDefaults.Tests.Sample;
using EPerfect.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace EPerfect.ServiceDefaults.Tests;

public sealed class KeepingKeysTests(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private static readonly Guid Ann = Guid.CreateVersion7();

    [Fact]
    public async Task Given_two_instances_and_two_weeks_Then_the_keys_rotate_and_the_first_epoch_is_destroyed()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using var first = await TestService.StartAsync(Names.Define(), postgres, clock: clock);
        await using var second = await TestService.StartAsync(Names.Define(), postgres, database: first.Database, clock: clock);
        var (vault, other) = (first.Services.GetRequiredService<Vault>(), second.Services.GetRequiredService<Vault>());
        var value = await vault.SealAsync(Ann, new PersonName("Ann"), Token);

        foreach (var epoch in (int[])[2, 3])
        {
            clock.Advance(TimeSpan.FromDays(7));
            await Until.TrueAsync(async () => (await vault.ReportAsync(Token)).Epochs.Count == epoch, $"epoch {epoch} begins");
        }

        await Until.TrueAsync(
            async () => (await vault.ReportAsync(Token)).Epochs[0].DestroyedAt is not null, "the first epoch is destroyed");
        (await vault.ReportAsync(Token)).Epochs.Select(epoch => epoch.Keys).ShouldBe([0, 0, 1]);
        (await other.OpenAsync(value, Token)).ShouldBe(new Opened<PersonName>.Clear(new PersonName("Ann")));
    }

    [Fact]
    public async Task Given_a_hold_that_runs_out_Then_the_erasure_that_waited_is_done_by_itself()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using var service = await TestService.StartAsync(Names.Define(), postgres, clock: clock);
        var vault = service.Services.GetRequiredService<Vault>();
        await vault.HoldAsync(
            new LegalHold(Guid.CreateVersion7(), Ann, null, "case:1", clock.GetUtcNow().AddDays(1)), Token);
        await vault.ShredAsync(Ann, DataGroup.Identity, Guid.CreateVersion7(), Token);

        clock.Advance(TimeSpan.FromDays(1));

        await Until.TrueAsync(
            async () => (await vault.StateAsync(Ann, Token)).Single(state => state.Group == DataGroup.Identity).Keys
                == KeyStanding.Shredded,
            "the erasure is done");
    }

    [Fact]
    public async Task Given_a_restored_key_database_When_the_service_knows_of_an_erasure_Then_it_is_done_again_before_it_serves()
    {
        await using var service = await TestService.StartAsync(Names.Define(), postgres);
        var value = await service.Services.GetRequiredService<Vault>().SealAsync(Ann, new PersonName("Ann"), Token);
        await using var restored = await postgres.RestoreBackupAsync(service.Database, Token);
        var known = new Known([new LedgerEntry(Guid.CreateVersion7(), Ann, DataGroup.Identity, DateTimeOffset.UnixEpoch)]);
        await using (var unknowing = await TestService.StartAsync(Names.Define(), postgres, database: restored))
        {
            (await unknowing.Services.GetRequiredService<Vault>().OpenAsync(value, Token))
                .ShouldBe(new Opened<PersonName>.Clear(new PersonName("Ann")));
        }

        await using var knowing = await TestService.StartAsync(
            Names.Define(), postgres, database: restored,
            configure: builder => builder.Services.AddSingleton<IErasureLedgerSource>(known));

        (await knowing.Services.GetRequiredService<Vault>().OpenAsync(value, Token))
            .ShouldBe(new Opened<PersonName>.Erased());
    }

    [Fact]
    public async Task Given_a_restored_key_database_When_a_key_was_destroyed_since_by_any_rule_Then_it_is_destroyed_again()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var service = await TestService.StartAsync(Names.Define(), postgres, clock: clock);
        var vault = service.Services.GetRequiredService<Vault>();
        var value = await vault.SealAsync(Ann, new PersonName("Ann"), Token);
        await using var restored = await postgres.RestoreBackupAsync(service.Database, Token);
        await vault.ShredAsync(Ann, DataGroup.Identity, Guid.CreateVersion7(), Token);
        clock.Advance(TimeSpan.FromMinutes(2));
        await Until.TrueAsync(async () => await KeptAsync(service) == 1, "its own database knows of it");

        await using (var again = await TestService.StartAsync(
            Names.Define(), postgres, database: service.Database, clock: clock,
            configure: builder => builder.Configuration["ConnectionStrings:Keys"] = restored.Keys))
        {
            (await again.Services.GetRequiredService<Vault>().OpenAsync(value, Token))
                .ShouldBe(new Opened<PersonName>.Erased());
        }

        clock.Advance(TimeSpan.FromDays(16));
        await Until.TrueAsync(async () => await KeptAsync(service) == 0, "no backup of then can be read");
    }

    private static async Task<int> KeptAsync(TestService service)
    {
        await using var session = service.Services.GetRequiredService<IDocumentStore>().QuerySession();
        return await session.Query<KeptErasure>().CountAsync(Token);
    }

    [Fact]
    public async Task The_operator_sees_and_rotates_keys_and_replays_the_list_of_erasures_onto_a_restored_database()
    {
        await using var service = await TestService.StartAsync(Names.Define(), postgres);
        var vault = service.Services.GetRequiredService<Vault>();
        var value = await vault.SealAsync(Ann, new PersonName("Ann"), Token);
        await using var restored = await postgres.RestoreBackupAsync(service.Database, Token);
        await vault.ShredAsync(Ann, DataGroup.Identity, Guid.CreateVersion7(), Token);
        var list = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.erasures");

        (await CommandAsync(service.Database)).ShouldBe(0);
        (await CommandAsync(service.Database, "ledger", "export", list)).ShouldBe(0);
        (await CommandAsync(service.Database, "rotate")).ShouldBe(0);
        (await CommandAsync(restored, "ledger", "replay", list)).ShouldBe(0);
        (await CommandAsync(restored, "nonsense")).ShouldBe(1);
        (await CommandAsync(restored, "--help")).ShouldBe(0);

        (await vault.ReportAsync(Token)).Epochs.Count.ShouldBe(2);
        await using var after = await TestService.StartAsync(Names.Define(), postgres, database: restored);
        (await after.Services.GetRequiredService<Vault>().OpenAsync(value, Token)).ShouldBe(new Opened<PersonName>.Erased());
        File.Delete(list);
    }

    [Fact]
    public async Task A_list_of_erasures_that_is_not_whole_is_refused_and_changes_nothing_and_none_is_written_over()
    {
        await using var service = await TestService.StartAsync(Names.Define(), postgres);
        var vault = service.Services.GetRequiredService<Vault>();
        var value = await vault.SealAsync(Ann, new PersonName("Ann"), Token);
        await using var restored = await postgres.RestoreBackupAsync(service.Database, Token);
        await vault.ShredAsync(Ann, DataGroup.Identity, Guid.CreateVersion7(), Token);
        await vault.ShredAsync(Ann, DataGroup.Contact, Guid.CreateVersion7(), Token);
        var list = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.erasures");
        (await CommandAsync(service.Database, "ledger", "export", list)).ShouldBe(0);
        var whole = await File.ReadAllBytesAsync(list, Token);
        (await CommandAsync(service.Database, "ledger", "export", list)).ShouldBe(1, "it is there already");
        (await File.ReadAllBytesAsync(list, Token)).ShouldBe(whole);

        (await CommandAsync(restored, "ledger", "replay", list + ".missing")).ShouldBe(1);
        var second = Array.IndexOf(whole, (byte)'\n') + 1;
        byte[][] bad = [[], whole[..(whole.Length / 2)], whole[second..], Flipped(whole, 40)];
        foreach (var content in bad)
        {
            await File.WriteAllBytesAsync(list, content, Token);
            (await CommandAsync(restored, "ledger", "replay", list)).ShouldBe(1);
        }

        await using (var after = await TestService.StartAsync(Names.Define(), postgres, database: restored))
        {
            (await after.Services.GetRequiredService<Vault>().OpenAsync(value, Token))
                .ShouldBe(new Opened<PersonName>.Clear(new PersonName("Ann")));
        }

        await File.WriteAllBytesAsync(list, whole, Token);
        (await CommandAsync(restored, "ledger", "replay", list)).ShouldBe(0);
        File.Delete(list);
    }

    private static byte[] Flipped(byte[] content, int at)
    {
        byte[] altered = [.. content];
        altered[at] ^= 1;
        return altered;
    }

    private static Task<int> CommandAsync(TestDatabase database, params string[] words) => KeysCommand.RunAsync(
        "orders", words,
        $"--ConnectionStrings:Keys={database.Keys}", $"--PersonalData:KeyFile={database.KeyFile}",
        "--environment=Development");

    private sealed class Known(IReadOnlyList<LedgerEntry> entries) : IErasureLedgerSource
    {
        public IAsyncEnumerable<LedgerEntry> ReadAsync(CancellationToken cancellationToken) => entries.ToAsyncEnumerable();
    }
}
