using EPerfect.Testing;
using Npgsql;

namespace EPerfect.PersonalData.Tests;

/// <summary>The search that trusts nobody: wherever in a database something is, it is found.</summary>
public sealed class StoreScanTests(PostgresServer postgres)
{
    private const string Canary = "Jörg O'\"Canary\\ 100%_Quetzal";
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private static readonly Guid Subject = Guid.CreateVersion7();

    [Theory]
    [InlineData("text", "$1")]
    [InlineData("varchar(400)", "upper($1)")]
    [InlineData("char(400)", "$1")]
    [InlineData("text[]", "array['a', $1]")]
    [InlineData("json", "json_build_object('a', json_build_array($1))")]
    [InlineData("jsonb", "to_jsonb($1)", "$")]
    [InlineData("jsonb", "jsonb_build_object('a', jsonb_build_array(1, jsonb_build_object('b_1', $1)))", "a[].b_1")]
    [InlineData("jsonb", "jsonb_build_object($1, 1)", "*")]
    [InlineData("jsonb", "jsonb_build_object('by', jsonb_build_object($1, jsonb_build_object('a', $1)))", "by.*", "by.*.a")]
    [InlineData("jsonb", "jsonb_build_object('ann@mail.example', $1)", "*")]
    [InlineData("jsonb", "jsonb_build_object('a', jsonb_build_object('b', $1)::text)", "a")]
    [InlineData("bytea", "convert_to($1, 'UTF8')")]
    [InlineData("text", "'{\"a\":\"J\\u00F6rg O\\u0027\\u0022Canary\\\\ 100%_Quetzal\"}' || left($1, 0)")]
    public async Task Whatever_the_column_is_a_text_in_it_is_found_and_where(
        string type, string value, params string[] paths)
    {
        await using var test = await postgres.CreateDatabaseAsync("orders", ct: Token);
        await using var source = NpgsqlDataSource.Create(test.Admin);
        await ExecuteAsync(source, $"create schema \"Odd place\"; create table \"Odd place\".\"Junk\"(id int, \"A b\" {type})");
        await ExecuteAsync(source, $"insert into \"Odd place\".\"Junk\" values (1, {value})", Canary);
        await ExecuteAsync(source, "insert into \"Odd place\".\"Junk\" values (2, null)");

        var state = await ScanAsync(source, [Needle.Texts("clear", [Canary])]);

        state.Found.ShouldBe(
            (paths is [] ? new string?[] { null } : paths)
                .Select(path => new FoundPlace("clear", "Odd place.Junk", "A b", 1, path)),
            ignoreOrder: true);
        (await ScanAsync(source, [Needle.Texts("clear", [Canary + "x", "100%_quetzal and more"])])).Found.ShouldBeEmpty();
    }

    [Fact]
    public async Task In_json_each_path_is_counted_and_what_stands_across_several_values_has_none()
    {
        await using var test = await postgres.CreateDatabaseAsync("orders", ct: Token);
        await using var source = NpgsqlDataSource.Create(test.Admin);
        await ExecuteAsync(source, """
            create table t(j jsonb);
            insert into t select jsonb_build_object('name', 'Quetzalcoatl', 'n', n) from generate_series(1, 3) n;
            insert into t values ('{"name":"quetzalcoatl","lines":[{"text":"of quetzalcoatl"},{"text":"quetzalcoatl"}]}');
            insert into t values ('["quetzal", "coatl"]');
            """);

        (await ScanAsync(source, [Needle.Texts("clear", ["quetzalcoatl", "quetzal\", \"coatl"])])).Found.ShouldBe(
            [
                new FoundPlace("clear", "public.t", "j", 4, "name"),
                new FoundPlace("clear", "public.t", "j", 1, "lines[].text"),
                new FoundPlace("clear", "public.t", "j", 1),
            ],
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("comment on table odd is {0}", "pg_catalog.pg_description")]
    [InlineData("comment on column odd.t is {0}", "pg_catalog.pg_description")]
    [InlineData("select lo_from_bytea(0, convert_to({0}, 'UTF8'))", "pg_catalog.pg_largeobject")]
    [InlineData("insert into odd select {0} from generate_series(1, 9); analyze odd; truncate odd", "pg_catalog.pg_stats")]
    public async Task Beside_the_tables_it_is_found_too(string plant, string place)
    {
        await using var test = await postgres.CreateDatabaseAsync("orders", ct: Token);
        await using var source = NpgsqlDataSource.Create(test.Admin);
        await ExecuteAsync(source, "create table odd(t text)");
        (await ScanAsync(source, [Needle.Texts("clear", [Canary])])).Found.ShouldBeEmpty();

        await ExecuteAsync(source, string.Format(null, plant, $"'{Canary.Replace("'", "''", StringComparison.Ordinal)}'"));

        (await ScanAsync(source, [Needle.Texts("clear", [Canary])])).Found.ShouldHaveSingleItem().Table.ShouldBe(place);
    }

    [Fact]
    public async Task It_stops_between_slices_and_goes_on_without_missing_or_counting_twice()
    {
        await using var test = await postgres.CreateDatabaseAsync("orders", ct: Token);
        await using var source = NpgsqlDataSource.Create(test.Admin);
        await ExecuteAsync(source, """
            create table a(t text); create table b(t text); create view v as select * from b;
            insert into a select repeat('x', 1900) from generate_series(1, 20000);
            insert into a values ('quetzalcoatl'); insert into b values ('Quetzalcoatl');
            """);

        var (state, runs) = (ScanState.Begin, 0);
        for (; !state.IsComplete; runs++)
            state = await new StoreScan(source, [], TimeProvider.System)
                .RunAsync([Needle.Texts("clear", ["quetzalcoatl"])], state, TimeSpan.FromMilliseconds(1), Token);

        runs.ShouldBeGreaterThan(2);
        state.Found.ShouldBe(
            [new FoundPlace("clear", "public.a", "t", 1), new FoundPlace("clear", "public.b", "t", 1)], ignoreOrder: true);
        (state.Tables, state.Columns).ShouldBe((2 + 4, 2 + 6), "two tables, and what is beside them");
    }

    [Theory]
    [InlineData("Service", "our services for you", 0)]
    [InlineData("Service", "selfservice", 0)]
    [InlineData("Service", "Dear Service!", 1)]
    [InlineData("12025550177", "tel:+12025550177;x", 1)]
    [InlineData("12025550177", "{\"p\":\"\\u002B12025550177\"}", 1)]
    [InlineData("12025550177", "?phone=%2B12025550177&a=b", 1)]
    [InlineData("12025550177", "9912025550177", 0)]
    [InlineData("ann@mail.example", "joann@mail.example", 0)]
    [InlineData("ann@mail.example", "to:\\nANN@mail.example", 1)]
    public async Task It_is_found_as_a_word_of_its_own_and_not_inside_of_another(string text, string stored, int rows)
    {
        await using var test = await postgres.CreateDatabaseAsync("orders", ct: Token);
        await using var source = NpgsqlDataSource.Create(test.Admin);
        await ExecuteAsync(source, "create table t(a text); create table b(a bytea)");
        await ExecuteAsync(source, "insert into t values ($1)", stored);
        await ExecuteAsync(source, "insert into b values (convert_to($1, 'UTF8') || '\\x00ff')", stored);

        (await ScanAsync(source, [Needle.Texts("clear", [text])])).Found.Sum(place => place.Rows).ShouldBe(2 * rows);
    }

    [Fact]
    public async Task Envelopes_are_found_by_subject_and_group_and_what_stands_outside_of_the_house_is_left_alone()
    {
        await using var test = await postgres.CreateDatabaseAsync("orders", ct: Token);
        await using var source = NpgsqlDataSource.Create(test.Admin);
        await ExecuteAsync(source, $$"""
            create schema registry; create table registry.theirs(t text); create table ours(t jsonb);
            insert into registry.theirs values ('p1.billing.1.{{Subject:N}}.AAAA');
            insert into ours values ('{"a":"p1.billing.12.{{Subject:N}}.AAAA"}');
            create table raw(b bytea);
            insert into raw values (convert_to('x p1.billing.7.{{Subject:N}}.AAAA', 'UTF8') || '\x00ff');
            insert into ours values ('{"a":"p1.billing.1.{{Guid.CreateVersion7():N}}.AAAA"}');
            """);

        var state = await new StoreScan(source, ["registry"], TimeProvider.System).RunAsync(
            [Needle.Envelopes(DataGroup.Billing, [Subject]), Needle.Envelopes(DataGroup.Identity, [Subject])],
            ScanState.Begin, TimeSpan.FromMinutes(1), Token);

        state.Found.ShouldBe(
            [new FoundPlace("billing", "public.ours", "t", 1), new FoundPlace("billing", "public.raw", "b", 1)],
            ignoreOrder: true);
    }

    private static Task<ScanState> ScanAsync(NpgsqlDataSource source, IReadOnlyList<Needle> needles) =>
        new StoreScan(source, [], TimeProvider.System).RunAsync(needles, ScanState.Begin, TimeSpan.FromMinutes(1), Token);

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql, string? value = null)
    {
        await using var command = source.CreateCommand(sql);
        if (value is not null) command.Parameters.AddWithValue(value);
        await command.ExecuteNonQueryAsync(Token);
    }
}
