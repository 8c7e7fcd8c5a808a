using EPerfect.Privacy.People;
using EPerfect.Privacy.Requests.Erasure;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using A = EPerfect.Contracts.Accounts;
using D = EPerfect.Contracts.Domains;
using O = EPerfect.Contracts.Orders;
using P = EPerfect.Contracts.Privacy;

namespace EPerfect.Privacy.Tests.Requests;

/// <summary>What nobody asks for is done all the same: after a closed account's period the person is erased everywhere.</summary>
public sealed class ErasingClosedAccounts(PostgresServer postgres, BrokerServer broker)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly Guid account = Guid.CreateVersion7();

    [Fact, Control("S6", "M11")]
    public async Task When_the_period_is_over_every_service_is_told_once_and_the_count_is_an_event()
    {
        var host = await HostAsync();
        await using var wire = await Wire.ConnectAsync(host, Token);
        var ordered = await wire.HearAsync(P.ErasureOrdered.Name, Token);
        var clock = new TurnedClock();
        await using var privacy = await TestService.StartAsync(
            PrivacyModule.Define(), postgres, host, clock: clock, cancellationToken: Token);
        var closed = new A.AccountClosed(account, clock.GetUtcNow(), 2);
        await wire.PublishAsync(A.AccountClosed.Name, closed, Guid.CreateVersion7(), Token);
        await wire.PublishAsync(A.AccountClosed.Name, closed, Guid.CreateVersion7(), Token);
        await Until.TrueAsync(async () => (await PersonAsync(privacy))?.ClosedAt is not null, "it is noted");
        clock.Turn(TimeSpan.FromDays(29));
        await Task.Delay(TimeSpan.FromSeconds(3), Token);
        ordered.ShouldBeEmpty();

        clock.Turn(TimeSpan.FromDays(2));

        await Until.TrueAsync(() => Task.FromResult(ordered.Count == 1), "it is ordered");
        var erasure = ordered.Single()["erasureId"]!.GetValue<Guid>();
        erasure.ShouldBe(EraseClosedAccount.IdOf(account));
        await wire.PublishAsync(
            A.PersonalDataShredded.Name, Answer<A.PersonalDataShredded>(erasure), Guid.CreateVersion7(), Token);
        await wire.PublishAsync(
            D.PersonalDataShredded.Name, Answer<D.PersonalDataShredded>(erasure), Guid.CreateVersion7(), Token);
        await wire.PublishAsync(
            O.PersonalDataShredded.Name, Answer<O.PersonalDataShredded>(erasure), Guid.CreateVersion7(), Token);
        await Until.TrueAsync(async () => await HistoryAsync(privacy) is { Runs: 1 }, "it is counted");
        (await HistoryAsync(privacy))!.Removed.ShouldBe(3 * (2 + 1), "two keys and a row of each, and nothing was held here");
        ordered.Count.ShouldBe(1);
    }

    [Fact]
    public void Who_wants_the_data_restricted_is_not_erased_as_long_as_that_lasts()
    {
        var closed = Given.Customer.Apply(new AccountClosureNoted(Given.LastYear, Given.Now));
        var restricted = closed.Restricted(version: 2);
        var id = Guid.CreateVersion7();

        var postponed = EraseClosedAccount.Decide(restricted, id, Given.Now).Events
            .ShouldHaveSingleItem().ShouldBeOfType<ClosedAccountErasurePostponed>();
        EraseClosedAccount.DeadlinesOf(postponed).ShouldHaveSingleItem()
            .ShouldBeOfType<DeadlineChange.Set>().Due.ShouldBe(Given.Now.AddDays(30));

        EraseClosedAccount.Decide(restricted.Lifted(version: 3), id, Given.Now).Events
            .ShouldHaveSingleItem().ShouldBe(new PersonErasureOrdered(id, Given.Now));
    }

    [Fact]
    public void Who_is_being_erased_already_is_not_erased_again()
    {
        var erasing = Given.Customer.Apply(new PersonErasureOrdered(Guid.CreateVersion7(), Given.LastYear));

        EraseClosedAccount.Note(erasing, Given.Now).Events.ShouldBeEmpty();
        EraseClosedAccount.Decide(erasing, Guid.CreateVersion7(), Given.Now).Events.ShouldBeEmpty();
    }

    private T Answer<T>(Guid erasure)
        where T : P.ShreddedAnswer, new() => new()
        {
            ErasureId = erasure,
            AccountId = account,
            Groups = [new P.ErasedGroup("identity", 2, [1, 2], DateTimeOffset.UtcNow)],
            Removed = [new P.RemovedKind("logins", 1)],
            Search = new(30, 80, 9, 0, 7, 0, SearchedAgain: true),
            ShreddedAt = DateTimeOffset.UtcNow,
            StreamVersion = 5,
        };

    private async Task<Person?> PersonAsync(TestService privacy)
    {
        await using var session = privacy.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        return await session.Events.FetchLatest<Person>(account, Token);
    }

    private static Task<RetentionHistory?> HistoryAsync(TestService privacy) =>
        privacy.RemovedByAsync(RetentionRules.ClosedAccount.Rule);

    private Task<TestVirtualHost> HostAsync() =>
        broker.CreateVirtualHostAsync(Topology.Render([PrivacyModule.Define(), .. OtherServices.All], "any"), Token);
}
