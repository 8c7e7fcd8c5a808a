using EPerfect.Testing;

namespace EPerfect.PersonalData.Tests;

public sealed class TamperTests(PostgresServer server)
{
    private static readonly Guid Ann = Guid.CreateVersion7();
    private static readonly Guid Bob = Guid.CreateVersion7();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact, Control("S10", "M5")]
    public async Task One_flipped_bit_anywhere_in_an_envelope_is_suspected()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        var parts = (await vault.SealAsync(Ann, Holder.Ann, Ct)).Parts;

        for (var at = 0; at < parts.Box.Length; at++)
        {
            byte[] altered = [.. parts.Box];
            altered[at] ^= 1;
            await SuspectedAsync(vault, new Sealed<Holder>(parts with { Box = altered }));
        }

        await SuspectedAsync(vault, new Sealed<Holder>(parts with { Box = parts.Box[..^1] }));
        await SuspectedAsync(vault, new Sealed<Holder>(parts with { Box = parts.Box[..28] }));
    }

    [Fact, Control("S10")]
    public async Task An_envelope_moved_to_another_subject_group_or_version_is_suspected()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        var parts = (await vault.SealAsync(Ann, Holder.Ann, Ct)).Parts;
        await vault.SealAsync(Bob, Holder.Ann, Ct);
        await vault.SealAsync(Ann, new Reach("+4312345"), Ct);

        await SuspectedAsync(vault, new Sealed<Holder>(parts with { Subject = Bob }));
        await SuspectedAsync(vault, new Sealed<Holder>(parts with { Group = DataGroup.Contact }));
        await SuspectedAsync(vault, new Sealed<Holder>(parts with { Version = 2 }));
    }

    [Fact]
    public async Task An_envelope_read_as_another_kind_of_data_is_suspected()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        var value = await vault.SealAsync(Ann, Holder.Ann, Ct);

        await SuspectedAsync(vault, Sealed.Parse<Proxy>(value.Envelope));
    }

    [Fact]
    public async Task Another_services_envelope_is_suspected_not_erased()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var (accounts, orders) = (database.Vault(), database.Vault("orders"));
        await orders.CreateSchemaAsync(Ct);
        var value = await accounts.SealAsync(Ann, Holder.Ann, Ct);

        await SuspectedAsync(orders, value);
        await orders.SealAsync(Ann, Holder.Ann, Ct);
        await SuspectedAsync(orders, value);
    }

    [Fact]
    public async Task A_key_that_never_existed_is_suspected_not_erased()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        var value = await vault.SealAsync(Ann, Holder.Ann, Ct);
        await database.ExecuteAsync("delete from accounts.subject_key");

        await SuspectedAsync(database.Vault(), value);
    }

    [Fact, Control("S10")]
    public async Task A_stored_key_copied_over_anothers_is_suspected()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var value = await database.Vault().SealAsync(Ann, Holder.Ann, Ct);
        await database.Vault().SealAsync(Bob, Holder.Ann, Ct);
        await database.ExecuteAsync(
            $"update accounts.subject_key set wrapped = (select wrapped from accounts.subject_key "
            + $"where subject_id = '{Bob}') where subject_id = '{Ann}'");

        await SuspectedAsync(database.Vault(), value);
        await Should.ThrowAsync<TamperSuspectedException>(database.Vault().SealAsync(Ann, Holder.Ann, Ct));
    }

    [Fact]
    public async Task A_newly_made_key_file_is_noticed_before_anything_is_sealed_under_it()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var value = await database.Vault().SealAsync(Ann, Holder.Ann, Ct);
        File.Delete(database.KeyFile);
        var vault = database.Vault();

        await Should.ThrowAsync<TamperSuspectedException>(vault.CheckAsync(Ct));
        await Should.ThrowAsync<TamperSuspectedException>(vault.SealAsync(Bob, Holder.Ann, Ct));
        await SuspectedAsync(vault, value);
        (await database.RowsAsync("select count(*)::text from accounts.subject_key")).ShouldBe(["1"]);
    }

    private static async Task SuspectedAsync<T>(Vault vault, Sealed<T> value)
        where T : IPersonalData
    {
        var suspected = await Should.ThrowAsync<TamperSuspectedException>(vault.OpenAsync(value, Ct));
        suspected.ToString().ShouldNotContain("ngstr");
    }
}
