using Npgsql;

namespace EPerfect.PersonalData.Tests;

public sealed class KeyStoreSchemaTests(LocalPostgres server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_several_instances_start_at_once_Then_the_schema_is_made_once_and_keys_stay()
    {
        await using var database = await KeyDatabase.CreateAsync(server, createSchema: false);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => database.Vault().CreateSchemaAsync(Ct)));
        var value = await database.Vault().SealAsync(Guid.CreateVersion7(), Holder.Ann, Ct);
        await database.Vault().CreateSchemaAsync(Ct);

        (await database.Vault().OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Clear(Holder.Ann));
    }

    [Fact]
    public async Task Given_a_role_that_owns_its_schema_and_nothing_else_Then_it_can_do_all_it_must_and_see_no_others_keys()
    {
        await using var database = await KeyDatabase.CreateAsync(server);
        var role = $"orders_{Guid.NewGuid():N}";
        await database.ExecuteAsync($"create role {role} login; create schema orders authorization {role}");
        var vault = database.Vault("orders", builder => builder.Username = role);

        await vault.CreateSchemaAsync(Ct);
        var value = await vault.SealAsync(Guid.CreateVersion7(), Holder.Ann, Ct);
        await vault.ShredAsync(value.Subject, value.Group, Guid.CreateVersion7(), Ct);

        (await vault.OpenAsync(value, Ct)).ShouldBe(new Opened<Holder>.Erased());
        var foreign = database.Vault("accounts", builder => builder.Username = role);
        (await Should.ThrowAsync<PostgresException>(foreign.CheckAsync(Ct))).SqlState
            .ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Orders")]
    [InlineData("orders; drop schema accounts")]
    [InlineData("orders|x")]
    [InlineData("1orders")]
    public async Task A_schema_is_named_in_lower_case_letters_digits_and_underscores(string name)
    {
        await using var database = await KeyDatabase.CreateAsync(server, createSchema: false);

        Should.Throw<ArgumentException>(() => database.Options(name));
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
