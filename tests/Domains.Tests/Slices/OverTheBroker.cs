using EPerfect.Contracts.Domains;
using EPerfect.Contracts.Orders;
using EPerfect.Contracts.Privacy;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Domains.Tests.Slices;

/// <summary>Asked and answered over RabbitMQ, with a stand-in for Orders on the other side.</summary>
public sealed class OverTheBroker(PostgresServer postgres, BrokerServer broker)
{
    /// <summary>What Domains hears of Privacy.</summary>
    internal static ServiceDefinition Privacy => new ServiceDefinition("privacy")
        .Publishes<ErasureOrdered>(ErasureOrdered.Name)
        .Publishes<FoundInClearAccepted>(FoundInClearAccepted.Name)
        .Publishes<LegalHoldOrdered>(LegalHoldOrdered.Name)
        .Publishes<ExportOrdered>(ExportOrdered.Name)
        .Publishes<ProcessingRestricted>(ProcessingRestricted.Name)
        .Publishes<RestrictionLifted>(RestrictionLifted.Name)
        .Publishes<OpeningKeyPublished>(OpeningKeyPublished.Name)
        .Publishes<PartnerDataAsked>(PartnerDataAsked.Name);

    [Fact]
    public async Task Given_orders_for_names_Then_each_line_gets_its_answer_over_the_broker()
    {
        var token = TestContext.Current.CancellationToken;
        var services = new[] { DomainsModule.Define(), StandIn.Define() };
        var host = await broker.CreateVirtualHostAsync(Topology.Render([.. services, Privacy], "/"), token);
        await using var domains = await TestService.StartAsync(services[0], postgres, host, cancellationToken: token);
        await using var orders = await TestService.StartAsync(services[1], postgres, host, cancellationToken: token);
        var account = Guid.CreateVersion7();
        var created = await domains.Client.PostWithKeyAsync("/api/domains/contacts", DomainsService.Contact(account));
        var contact = (await created.JsonAsync())["id"]!.GetValue<Guid>();

        var asked = new[] { "timeout-after-asked.com", "asked.com", "taken-asked.com" }
            .Select(name => new LineAsked(
                Guid.CreateVersion7(), Guid.CreateVersion7(), account, name, contact, DateTimeOffset.UtcNow))
            .ToArray();
        foreach (var line in asked)
        {
            await orders.Services.GetRequiredService<Writer>().ChangeAsync<Line>(
                line.ItemId, "test", state => state is null ? Decision.Of([line]) : Decision.Nothing, token);
        }

        var answers = await Until.SomeAsync(
            async () =>
            {
                var lines = await Task.WhenAll(asked.Select(line => AnswerAsync(orders, line.ItemId, token)));
                return lines.All(answer => answer is not null) ? lines : null;
            },
            "every line is answered");

        answers.ShouldBe(["registered", "registered", "domain-taken"]);
    }

    private static async Task<string?> AnswerAsync(TestService orders, Guid itemId, CancellationToken token)
    {
        await using var scope = orders.Services.CreateAsyncScope();
        var line = await scope.ServiceProvider.GetRequiredService<Reader>().LatestAsync<Line>(itemId, token);
        return line?.Answer;
    }
}

public sealed record LineAsked(
    Guid OrderId, Guid ItemId, Guid AccountId, string DomainName, Guid ContactId, DateTimeOffset At);

public sealed record LineAnswered(string Answer);

/// <summary>An order's line: what it asked and what it was told.</summary>
public sealed record Line
{
    public Guid Id { get; init; }

    public string? Answer { get; init; }

    public static Line Create(LineAsked e) => new() { Id = e.ItemId };

    public Line Apply(LineAnswered e) => this with { Answer = e.Answer };
}

internal static class StandIn
{
    public static ServiceDefinition Define() => new ServiceDefinition("orders")
        .Retains<NothingToSweep>(RetentionRules.ClosedAccount)
        .Event<LineAsked>("line_asked")
        .Event<LineAnswered>("line_answered")
        .Stream<Line>()
        .Publishes<DomainRegistrationRequested>(DomainRegistrationRequested.Name)
        .Outbound(stored => stored.Data is LineAsked e
            ? new DomainRegistrationRequested(
                e.OrderId, e.ItemId, e.AccountId, e.DomainName, 1, e.ContactId, [], e.At, stored.Version)
            : null)
        .Reacts<DomainRegistered, HearRegistered>(DomainRegistered.Name)
        .Reacts<DomainRegistrationFailed, HearFailed>(DomainRegistrationFailed.Name);
}

internal sealed class HearRegistered : IReaction<DomainRegistered>
{
    public Guid StreamOf(DomainRegistered message) => message.ItemId;

    public Task ReactAsync(UnitOfWork work, DomainRegistered message, CancellationToken cancellationToken) =>
        work.ChangeAsync<Line>(
            message.ItemId, _ => Decision.Of([new LineAnswered("registered")]), cancellationToken);
}

internal sealed class HearFailed : IReaction<DomainRegistrationFailed>
{
    public Guid StreamOf(DomainRegistrationFailed message) => message.ItemId;

    public Task ReactAsync(UnitOfWork work, DomainRegistrationFailed message, CancellationToken cancellationToken) =>
        work.ChangeAsync<Line>(
            message.ItemId, _ => Decision.Of([new LineAnswered(message.Reason)]), cancellationToken);
}
