using System.Text;
using CsCheck;
using EPerfect.Testing;

namespace EPerfect.PersonalData.Tests;

public sealed class SealingTests(PostgresServer server)
{
    private static readonly Guid Ann = Guid.CreateVersion7();

    private static readonly Gen<string> AnyText =
        Gen.OneOf(Gen.Int[0, 0xD7FF], Gen.Int[0xE000, 0x10FFFF]).Array[0, 40]
            .Select(points => string.Concat(points.Select(char.ConvertFromUtf32)));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_sealed_opens_to_the_same_value()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();

        var opened = await vault.OpenAsync(await vault.SealAsync(Ann, Holder.Ann, Ct), Ct);

        opened.ShouldBe(new Opened<Holder>.Clear(Holder.Ann));
    }

    [Fact]
    public async Task Any_well_formed_text_survives_sealing()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();

        await Gen.Select(AnyText, AnyText, Gen.Guid.Where(id => id != Guid.Empty)).SampleAsync(
            async (name, email, subject) =>
            {
                var value = new Holder(name, email);
                var stored = (await vault.SealAsync(subject, value, Ct)).Envelope;
                return await vault.OpenAsync(Sealed.Parse<Holder>(stored), Ct) == new Opened<Holder>.Clear(value);
            },
            iter: 300, threads: 2);
    }

    [Fact]
    public async Task Sealing_the_same_value_twice_gives_different_envelopes_of_one_key()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();

        var first = await vault.SealAsync(Ann, Holder.Ann, Ct);
        var second = await vault.SealAsync(Ann, Holder.Ann, Ct);

        second.ShouldNotBe(first);
        (await database.RowsAsync("select count(*)::text from accounts.subject_key")).ShouldBe(["1"]);
    }

    [Fact]
    public async Task Each_subject_and_each_group_has_a_key_of_its_own()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();

        await vault.SealAsync(Ann, Holder.Ann, Ct);
        await vault.SealAsync(Ann, new Reach("+4312345"), Ct);
        await vault.SealAsync(Guid.CreateVersion7(), Holder.Ann, Ct);

        (await database.RowsAsync("select count(distinct wrapped)::text from accounts.subject_key")).ShouldBe(["3"]);
    }

    [Fact]
    public async Task Processes_that_seal_a_subjects_first_value_at_once_agree_on_one_key()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vaults = Enumerable.Range(0, 4).Select(_ => database.Vault()).ToList();

        for (var round = 0; round < 20; round++)
        {
            var subject = Guid.CreateVersion7();
            var values = await Task.WhenAll(vaults.SelectMany(vault => new[] { vault, vault })
                .Select(vault => Task.Run(() => vault.SealAsync(subject, Holder.Ann, Ct), Ct)));

            foreach (var opened in await Task.WhenAll(
                values.SelectMany(value => vaults.Select(vault => vault.OpenAsync(value, Ct)))))
            {
                opened.ShouldBe(new Opened<Holder>.Clear(Holder.Ann));
            }
        }

        (await database.RowsAsync("select count(*)::text from accounts.subject_key")).ShouldBe(["20"]);
    }

    [Fact]
    public async Task A_type_may_be_renamed_and_change_members_under_its_alias()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        var old = await vault.SealAsync(Ann, Holder.Ann, Ct);

        var opened = await vault.OpenAsync(Sealed.Parse<Customer>(old.Envelope), Ct);

        opened.ShouldBe(new Opened<Customer>.Clear(new Customer(Holder.Ann.Name, null)));
    }

    [Fact]
    public async Task Nothing_in_the_database_or_in_an_envelope_shows_the_value()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var vault = database.Vault();
        var value = await vault.SealAsync(Ann, Holder.Ann, Ct);
        await database.ExecuteAsync($"create table event as select '{value.Envelope}'::text as data");
        var tables = await database.RowsAsync(
            "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in ('accounts', 'public')");
        tables.Count.ShouldBe(8);

        foreach (var table in tables)
        {
            foreach (var row in await database.RowsAsync($"select t::text from {table} t"))
            {
                row.ShouldNotContain("ngstr", Case.Insensitive);
                row.ShouldNotContain(Convert.ToHexString(Encoding.UTF8.GetBytes("ngstr")), Case.Insensitive);
            }
        }

        Encoding.UTF8.GetString(value.Parts.Box).ShouldNotContain("ngstr");
    }

    [Fact]
    public async Task Nothing_is_sealed_for_nobody()
    {
        await using var database = await KeyDatabase.CreateAsync(server);

        await Should.ThrowAsync<ArgumentOutOfRangeException>(database.Vault().SealAsync(Guid.Empty, Holder.Ann, Ct));
    }
}
