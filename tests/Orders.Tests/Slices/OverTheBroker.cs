using EPerfect.Contracts.Accounts;
using EPerfect.Contracts.Domains;
using EPerfect.Contracts.Orders;
using EPerfect.Contracts.Privacy;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Orders.Tests.Slices;

/// <summary>Orders over RabbitMQ, with a stand-in for Accounts and one for Domains on the other side.</summary>
public sealed class OverTheBroker(PostgresServer postgres, BrokerServer broker)
{
    [Fact]
    public async Task Given_an_opened_account_and_answers_of_Domains_Then_each_order_ends_as_it_should()
    {
        var token = TestContext.Current.CancellationToken;
        var services = new[] { OrdersModule.Define(), StandIns.Accounts(), StandIns.Domains() };
        var privacy = new ServiceDefinition("privacy")
            .Publishes<ErasureOrdered>(ErasureOrdered.Name)
            .Publishes<ExportOrdered>(ExportOrdered.Name)
            .Publishes<ProcessingRestricted>(ProcessingRestricted.Name)
            .Publishes<FoundInClearAccepted>(FoundInClearAccepted.Name)
            .Publishes<LegalHoldOrdered>(LegalHoldOrdered.Name)
            .Publishes<RestrictionLifted>(RestrictionLifted.Name);
        var host = await broker.CreateVirtualHostAsync(Topology.Render([.. services, privacy], "/"), token);
        await using var orders = await TestService.StartAsync(services[0], postgres, host, cancellationToken: token);
        await using var accounts = await TestService.StartAsync(services[1], postgres, host, cancellationToken: token);
        await using var domains = await TestService.StartAsync(services[2], postgres, host, cancellationToken: token);

        var account = Guid.CreateVersion7();
        var good = await orders.Client.PlaceAsync(account, "tok_ok", Api.Hosting(), Api.Domain("good.com"));
        var taken = await orders.Client.PlaceAsync(account, "tok_ok", Api.Domain("taken.com"));
        await accounts.Services.GetRequiredService<Writer>().ChangeAsync<Said>(
            account, "test", _ => Decision.Of(new AccountSaid(account)), token);

        await orders.Client.BecomesAsync(good, "active");
        (await orders.Client.BecomesAsync(taken, "cancelled"))["cancelReason"]!.GetValue<string>()
            .ShouldBe("nothing-delivered");
        (await orders.CountAsync("payment_gateway.ledger where kind = 'Refund' and reason is null")).ShouldBe(1);
        (await orders.CountAsync("payment_gateway.ledger where kind = 'Capture' and reason is null")).ShouldBe(2);
    }
}

public sealed record AccountSaid(Guid AccountId);

public sealed record DomainSaid(Guid OrderId, Guid ItemId, Guid AccountId, string Name);

/// <summary>What a stand-in said.</summary>
public sealed record Said
{
    public Guid Id { get; init; }

    public static Said Create(AccountSaid e) => new() { Id = e.AccountId };

    public static Said Create(DomainSaid e) => new() { Id = e.ItemId };
}

internal static class StandIns
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    public static ServiceDefinition Accounts() => new ServiceDefinition("accounts")
        .Retains<NothingToSweep>(RetentionRules.ClosedAccount)
        .Event<AccountSaid>("account_said")
        .Stream<Said>()
        .Publishes<AccountOpened>(AccountOpened.Name)
        .Publishes<AccountClosed>(AccountClosed.Name)
        .Outbound(e => e.Data is AccountSaid said
            ? new AccountOpened(said.AccountId, "customer", 1, Now, e.Version)
            : null);

    public static ServiceDefinition Domains() => new ServiceDefinition("domains")
        .Retains<NothingToSweep>(RetentionRules.ClosedAccount)
        .Event<DomainSaid>("domain_said")
        .Stream<Said>()
        .Publishes<DomainRegistered>(DomainRegistered.Name)
        .Publishes<DomainRegistrationFailed>(DomainRegistrationFailed.Name)
        .Reacts<DomainRegistrationRequested, HearRequest>(DomainRegistrationRequested.Name)
        .Outbound(e => e.Data switch
        {
            DomainSaid { Name: "taken.com" } said => new DomainRegistrationFailed(
                said.Name, said.OrderId, said.ItemId, "domain-taken", Now, e.Version),
            DomainSaid said => new DomainRegistered(
                said.Name, said.AccountId, said.OrderId, said.ItemId, Now, Now.AddYears(1), e.Version),
            _ => null,
        });
}

internal sealed class HearRequest : IReaction<DomainRegistrationRequested>
{
    public Guid StreamOf(DomainRegistrationRequested message) => message.ItemId;

    /// <summary>Answers twice, as a careless neighbour would.</summary>
    public Task ReactAsync(UnitOfWork work, DomainRegistrationRequested message, CancellationToken cancellationToken)
    {
        var said = new DomainSaid(message.OrderId, message.ItemId, message.AccountId, message.DomainName);
        return work.ChangeAsync<Said>(message.ItemId, _ => Decision.Of(said, said), cancellationToken);
    }
}
