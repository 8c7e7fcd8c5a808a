using System.Net;
using EPerfect.Testing;

namespace EPerfect.PersonalData.Tests;

public sealed class TransitTests(PostgresServer server)
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];
    private static readonly Guid Ann = Guid.CreateVersion7();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_wrapped_by_Vault_unwraps_in_its_place_and_under_its_epoch_only()
    {
        await using var transit = await TransitServer.StartAsync();
        using var provider = transit.Provider();
        var wrapped = await provider.WrapAsync(provider.CurrentEpoch, Key, "here"u8.ToArray(), Ct);

        (await provider.UnwrapAsync(1, wrapped, "here"u8.ToArray(), Ct)).ShouldBe(Key);

        byte[] altered = [.. wrapped];
        altered[^5] ^= 1;
        foreach (var (epoch, box, context) in new[]
        {
            (1, wrapped, "there"), (2, wrapped, "here"), (1, altered, "here"), (1, wrapped[..20], "here"), (1, [], "here"),
        })
        {
            await Should.ThrowAsync<TamperSuspectedException>(
                async () => await provider.UnwrapAsync(epoch, box, System.Text.Encoding.UTF8.GetBytes(context), Ct));
        }
    }

    [Fact]
    public async Task Given_a_vault_over_transit_Then_values_seal_open_rotate_and_old_epochs_are_gone_from_Vault()
    {
        await using var transit = await TransitServer.StartAsync();
        await using var database = await KeyDatabase.CreateAsync(server);
        using var provider = transit.Provider();
        using var other = transit.Provider();
        using var vault = new Vault(new VaultOptions(database.Admin, "accounts", provider, database.Clock));
        using var running = new Vault(new VaultOptions(database.Admin, "accounts", other, database.Clock));
        var value = await running.SealAsync(Ann, Holder.Ann, Ct);
        await using var copy = await database.CopyAsync(server);
        using var old = new Vault(new VaultOptions(copy.Admin, "accounts", provider, database.Clock));

        await vault.RotateAsync(TimeSpan.Zero, null, Ct);
        (await vault.RotateAsync(TimeSpan.Zero, null, Ct))!.Destroyed.ShouldBe([1]);

        (transit["accounts"].Oldest, transit["accounts"].Latest).ShouldBe((2, 3));
        database.Clock.Advance(TimeSpan.FromMinutes(2));
        (await running.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann));
        await running.SealAsync(Guid.CreateVersion7(), Holder.Ann, Ct);
        await running.CheckAsync(Ct);
        await running.SealAsync(Guid.CreateVersion7(), Holder.Ann, Ct);
        await Should.ThrowAsync<TamperSuspectedException>(old.OpenAsync(value, Ct));
        await provider.DestroyEpochAsync(1, Ct);
    }

    [Fact]
    public async Task Given_Vault_that_is_sealed_slow_failing_or_forbids_Then_it_is_unavailable_and_recovers()
    {
        await using var transit = await TransitServer.StartAsync();
        await using var database = await KeyDatabase.CreateAsync(server);
        using var provider = transit.Provider(patience: 3);
        using var vault = new Vault(new VaultOptions(database.Admin, "accounts", provider, database.Clock));
        var value = await vault.SealAsync(Ann, Holder.Ann, Ct);
        Action<TransitServer>[] outages =
        [
            vault => vault.IsSealed = true,
            vault => vault.Failing = HttpStatusCode.InternalServerError,
            vault => vault.Failing = HttpStatusCode.TooManyRequests,
            vault => vault.Failing = (HttpStatusCode)473,
            vault => vault.ValidToken = "renewed",
            vault => vault.Slow = TimeSpan.FromSeconds(6),
        ];

        foreach (var outage in outages)
        {
            outage(transit);
            database.Clock.Advance(TimeSpan.FromMinutes(2));
            await Should.ThrowAsync<VaultUnavailableException>(vault.OpenAsync(value, Ct));
            await Should.ThrowAsync<VaultUnavailableException>(vault.SealAsync(Guid.CreateVersion7(), Holder.Ann, Ct));
            await Should.ThrowAsync<VaultUnavailableException>(vault.CheckAsync(Ct));
            await Should.ThrowAsync<VaultUnavailableException>(vault.RotateAsync(TimeSpan.Zero, null, Ct));
            (transit.IsSealed, transit.Failing, transit.ValidToken, transit.Slow) = (false, null, TransitServer.Token, default);
            (await vault.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann));
        }
    }

    [Fact]
    public async Task Given_Vault_that_does_not_listen_Then_it_is_unavailable()
    {
        using var provider = new TransitKeyEncryptionKeyProvider(
            new TransitOptions(new Uri("http://127.0.0.1:1"), "accounts") { Token = "any" });

        Should.Throw<VaultUnavailableException>(() => provider.CurrentEpoch);
        Should.Throw<VaultUnavailableException>(() => provider.DeriveIndexKey("accounts"));
        await Should.ThrowAsync<VaultUnavailableException>(async () => await provider.RefreshAsync(Ct));
    }

    [Fact]
    public async Task Given_the_caller_gives_up_Then_it_is_cancelled_not_unavailable()
    {
        await using var transit = await TransitServer.StartAsync();
        using var provider = transit.Provider();
        transit.Slow = TimeSpan.FromSeconds(3);
        using var impatience = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Should.ThrowAsync<OperationCanceledException>(async () => await provider.RefreshAsync(impatience.Token));
    }

    [Fact]
    public async Task Index_keys_are_the_same_in_every_process_and_epoch_and_differ_by_scope_key_and_namespace()
    {
        await using var transit = await TransitServer.StartAsync();
        using var provider = transit.Provider();
        using var again = transit.Provider();
        using var other = transit.Provider("orders");
        using var elsewhere = transit.Provider(space: "team");
        var index = provider.DeriveIndexKey("accounts");
        await provider.CreateEpochAsync(provider.CurrentEpoch + 1, Ct);

        index.Length.ShouldBe(32);
        again.DeriveIndexKey("accounts").ShouldBe(index);
        provider.DeriveIndexKey("orders").ShouldNotBe(index);
        other.DeriveIndexKey("accounts").ShouldNotBe(index);
        elsewhere.DeriveIndexKey("accounts").ShouldNotBe(index);
    }

    [Fact]
    public async Task An_epoch_is_made_and_destroyed_once_however_often_it_is_asked()
    {
        await using var transit = await TransitServer.StartAsync();
        using var provider = transit.Provider();
        var first = await provider.WrapAsync(provider.CurrentEpoch, Key, default, Ct);
        for (var time = 0; time < 2; time++)
        {
            await provider.CreateEpochAsync(2, Ct);
            provider.CurrentEpoch.ShouldBe(2);
        }

        for (var time = 0; time < 2; time++)
        {
            await provider.DestroyEpochAsync(1, Ct);
        }

        await Should.ThrowAsync<TamperSuspectedException>(async () => await provider.UnwrapAsync(1, first, default, Ct));
        await Should.ThrowAsync<TamperSuspectedException>(async () => await provider.WrapAsync(1, Key, default, Ct));
        await Should.ThrowAsync<TamperSuspectedException>(async () => await provider.DestroyEpochAsync(2, Ct));
        transit["accounts"].Oldest.ShouldBe(2);
    }

    [Fact]
    public async Task A_token_file_is_read_for_each_request()
    {
        await using var transit = await TransitServer.StartAsync();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "old\n", Ct);
        using var provider = new TransitKeyEncryptionKeyProvider(
            new TransitOptions(transit.Address, "accounts") { TokenFile = file });
        await Should.ThrowAsync<VaultUnavailableException>(async () => await provider.RefreshAsync(Ct));

        await File.WriteAllTextAsync(file, $"{TransitServer.Token}\n", Ct);

        await provider.RefreshAsync(Ct);
        File.Delete(file);
        await Should.ThrowAsync<VaultUnavailableException>(async () => await provider.RefreshAsync(Ct));
    }

    [Fact]
    public void A_token_does_not_travel_in_clear_and_is_not_printed()
    {
        Should.Throw<ArgumentException>(() => new TransitOptions(new Uri("http://vault.example:8200"), "accounts"));
        var options = new TransitOptions(new Uri("https://vault.example:8200"), "accounts") { Token = "hvs.secret" };
        options.ToString().ShouldNotContain("secret");
        Should.Throw<InvalidOperationException>(() => new TransitKeyEncryptionKeyProvider(options with { Token = null }));
    }
}
