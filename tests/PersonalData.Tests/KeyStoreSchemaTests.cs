using EPerfect.Testing;
using Npgsql;

namespace EPerfect.PersonalData.Tests;

public sealed class KeyStoreSchemaTests(PostgresServer server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_several_instances_start_at_once_Then_the_tables_are_made_once_and_keys_stay()
    {
        await using var database = await KeyDatabase.CreateAsync(server, createTables: false);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => database.Vault().CreateSchemaAsync(Ct)));
        var value = await database.Vault().SealAsync(Guid.CreateVersion7(), Holder.Ann, Ct);
        await database.Vault().CreateSchemaAsync(Ct);

        (await database.Vault().OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann));
    }

    [Fact]
    public async Task Given_a_role_that_may_create_its_schema_Then_it_does()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        using var vault = new Vault(database.Options("new_service", database.Admin));

        await vault.CreateSchemaAsync(Ct);

        await vault.CheckAsync(Ct);
    }

    [Fact]
    public async Task A_service_cannot_reach_another_services_keys()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var intruder = database.Vault("accounts", role: "orders");

        (await Should.ThrowAsync<PostgresException>(intruder.CheckAsync(Ct))).SqlState
            .ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Orders")]
    [InlineData("orders; drop schema accounts")]
    [InlineData("orders|x")]
    [InlineData("1orders")]
    [InlineData("orders\n")]
    public async Task A_schema_is_named_in_lower_case_letters_digits_and_underscores(string name)
    {
        await using var database = await KeyDatabase.CreateAsync(server, createTables: false);

        Should.Throw<ArgumentException>(() => database.Options(name, database.Admin));
    }

    [Theory]
    [InlineData("'shredded', null, null, now(), null, null")]
    [InlineData("'shredded', 1, 'k', now(), now(), gen_random_uuid()")]
    [InlineData("'active', null, null, now(), null, null")]
    [InlineData("'active', 1, 'k', now(), now(), gen_random_uuid()")]
    [InlineData("'lost', 1, 'k', now(), null, null")]
    public async Task A_key_is_either_kept_or_shredded_with_its_erasure_never_in_between(string rest)
    {
        await using var database = await KeyDatabase.CreateAsync(server);

        (await Should.ThrowAsync<PostgresException>(database.ExecuteAsync(
            $"insert into accounts.subject_key values (gen_random_uuid(), 1, 1, {rest})"))).SqlState
            .ShouldBe(PostgresErrorCodes.CheckViolation);
    }
}
