using EPerfect.Domains.Registration.Registry;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace EPerfect.Domains.Tests.Slices;

/// <summary>The worst moment: the registry has registered, and the service is gone before it could store
/// that.</summary>
public sealed class KilledInBetween(PostgresServer postgres)
{
    [Fact]
    public async Task Given_an_answer_that_nobody_lived_to_store_Then_the_next_instance_gets_it_again_and_all_is_once()
    {
        await using var database = await postgres.CreateDatabaseAsync(
            "domains", ct: TestContext.Current.CancellationToken);
        var registered = new TaskCompletionSource();
        await using (var doomed = new DomainsService(postgres)
        {
            Database = database,
            // It is gone before it has waited long enough to call that no answer.
            Clock = new FakeTimeProvider(DateTimeOffset.UtcNow),
            Configure = builder => builder.Services.AddSingleton<IRegistry>(
                services => new NeverAnswers(services.GetRequiredService<NpgsqlDataSource>(), registered)),
        })
        {
            await doomed.InitializeAsync();
            await doomed.RequestAsync("survivor.com");
            await registered.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            (await doomed.EventsOfAsync("survivor.com")).ShouldBe(["registration_started"]);
        }

        await using var next = new DomainsService(postgres)
        {
            Database = database,
            Clock = new Ahead(TimeSpan.FromMinutes(1)),
        };
        await next.InitializeAsync();
        await next.UntilRegisteredAsync("survivor.com");

        (await next.EventsOfAsync("survivor.com")).ShouldBe(["registration_started", "domain_registered"]);
        (await next.QueryAsync("select name from registry.domains")).ShouldBe(["survivor.com"]);
        (await next.QueryAsync("select times::text from registry.calls")).ShouldBe(["2"]);
    }

    /// <summary>By then what the first instance had taken is free again.</summary>
    private sealed class Ahead(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
