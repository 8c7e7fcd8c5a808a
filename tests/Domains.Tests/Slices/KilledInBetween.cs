using EPerfect.Domains.Names;
using EPerfect.Domains.Registration.Registry;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
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

    private sealed class NeverAnswers(NpgsqlDataSource database, TaskCompletionSource registered) : IRegistry
    {
        private readonly EmbeddedRegistry registry = new(database, TimeProvider.System);

        public Task<bool> IsTakenAsync(DomainName name, CancellationToken cancellationToken) =>
            registry.IsTakenAsync(name, cancellationToken);

        public async Task<RegistryAnswer> RegisterAsync(
            DomainName name,
            int years,
            Guid? contactId,
            IReadOnlyList<string> nameservers,
            Guid idempotencyToken,
            CancellationToken cancellationToken)
        {
            var answer = await registry.RegisterAsync(
                name, years, contactId, nameservers, idempotencyToken, cancellationToken);
            registered.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return answer;
        }

        public Task<RegistryAnswer> UpdateNameserversAsync(
            DomainName name, IReadOnlyList<string> nameservers, Guid idempotencyToken, CancellationToken cancellationToken) =>
            registry.UpdateNameserversAsync(name, nameservers, idempotencyToken, cancellationToken);
    }
}
