using EPerfect.ServiceDefaults.Tests.Sample;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.ServiceDefaults.Tests;

/// <summary>What a service asks all the time is planned once, not each time.</summary>
public sealed class PlanningTests(PostgresServer postgres, BrokerServer broker)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("select data from store.mt_events where seq_id > $1 and seq_id <= $1 + 100 order by seq_id limit 250")]
    [InlineData("select data from store.mt_doc_receipt where id = any(array[$1::bigint::text])")]
    public async Task What_is_asked_often_is_planned_once(string question)
    {
        var host = await broker.CreateVirtualHostAsync(Topology.Render([Sender.Define()], "any"), Token);
        await using var service = await TestService.StartAsync(Sender.Define(), postgres, host);
        await using var connection = await service.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(Token);
        for (var at = 0L; at < 10; at++)
        {
            await using var ask = new NpgsqlCommand(question, connection) { Parameters = { new() { Value = at } } };
            await ask.ExecuteScalarAsync(Token);
        }

        await using var plans = new NpgsqlCommand(
            "select generic_plans, custom_plans from pg_prepared_statements where statement = $1", connection)
        {
            Parameters = { new() { Value = question } },
        };
        await using var row = await plans.ExecuteReaderAsync(Token);
        (await row.ReadAsync(Token)).ShouldBeTrue("it was prepared");
        row.GetInt64(0).ShouldBeGreaterThan(5);
        row.GetInt64(1).ShouldBe(0);
    }
}
