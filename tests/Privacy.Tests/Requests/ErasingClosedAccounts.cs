using EPerfect.Privacy.People;
using EPerfect.Privacy.Requests.Erasure;
using EPerfect.Privacy.Requests.Exports;
using EPerfect.Privacy.Tests.Withholding;
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

        var postponed = EraseClosedAccount.Decide(restricted, isAwaited: false, id, Given.Now).Events
            .ShouldHaveSingleItem().ShouldBeOfType<ClosedAccountErasurePostponed>();
        EraseClosedAccount.DeadlinesOf(postponed).ShouldHaveSingleItem()
            .ShouldBeOfType<DeadlineChange.Set>().Due.ShouldBe(Given.Now.AddDays(30));

        EraseClosedAccount.Decide(restricted.Lifted(version: 3), isAwaited: false, id, Given.Now).Events
            .ShouldHaveSingleItem().ShouldBe(new PersonErasureOrdered(id, Given.Now));
    }

    [Theory]
    [InlineData("access", true)]
    [InlineData("portability", true)]
    [InlineData("restriction", true)]
    [InlineData("erasure", false)]
    public async Task Who_waits_for_an_answer_that_needs_the_data_is_not_erased_before_it(string kind, bool waits)
    {
        var clock = new TurnedClock();
        await using var privacy = await TestService.StartAsync(
            PrivacyModule.Define(), postgres, clock: clock, cancellationToken: Token);
        using var officer = Officer(privacy);
        await CloseAsync(privacy, clock);
        var filed = await officer.PostWithKeyAsync($"/api/privacy/people/{account}/requests", new { kind });
        var request = filed.EnsureSuccessStatusCode().Headers.Location!.OriginalString;

        clock.Turn(TimeSpan.FromDays(31));

        if (waits)
        {
            await PostponedAsync(privacy);
            (await PersonAsync(privacy))!.Erasing.ShouldBeNull();
            (await officer.PostWithKeyAsync($"{request}/refusal", new { ground = "identity-not-proven" }))
                .EnsureSuccessStatusCode();
            clock.Turn(TimeSpan.FromDays(1));
        }

        await Until.TrueAsync(async () => (await PersonAsync(privacy))!.Erasing is not null, "nothing is waited for any more");
    }

    [Fact]
    public async Task Who_can_still_fetch_what_was_asked_for_is_not_erased_before_it_is_over()
    {
        var clock = new TurnedClock();
        await using var privacy = await TestService.StartAsync(
            PrivacyModule.Define(), postgres, clock: clock, cancellationToken: Token);
        await CloseAsync(privacy, clock);
        clock.Turn(TimeSpan.FromDays(29));
        var (export, now) = (Guid.CreateVersion7(), clock.GetUtcNow());
        await AppendAsync(
            privacy, export, new ExportGranted(export, export, account, LoginId: null, ExportKinds.Access, now));

        clock.Turn(TimeSpan.FromDays(2));
        await PostponedAsync(privacy);
        (await PersonAsync(privacy))!.Erasing.ShouldBeNull();

        await AppendAsync(privacy, export, new ExportCalledOff(clock.GetUtcNow()));
        clock.Turn(TimeSpan.FromDays(1));
        await Until.TrueAsync(async () => (await PersonAsync(privacy))!.Erasing is not null, "it is over");
    }

    [Fact]
    public void Who_is_being_erased_already_is_not_erased_again()
    {
        var erasing = Given.Customer.Apply(new PersonErasureOrdered(Guid.CreateVersion7(), Given.LastYear));

        EraseClosedAccount.Note(erasing, Given.Now).Events.ShouldBeEmpty();
        EraseClosedAccount.Decide(erasing, isAwaited: false, Guid.CreateVersion7(), Given.Now).Events.ShouldBeEmpty();
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

    private async Task CloseAsync(TestService privacy, TurnedClock clock)
    {
        await privacy.KnownAsync(account);
        await privacy.Services.GetRequiredService<Writer>().ChangeAsync<Person>(
            account, "test", person => EraseClosedAccount.Note(person, clock.GetUtcNow()), Token);
    }

    private static Task<Decision> AppendAsync(TestService privacy, Guid export, object happened) =>
        privacy.Services.GetRequiredService<Writer>().ChangeAsync<Export>(
            export, "test", _ => Decision.Of(happened), Token);

    private Task PostponedAsync(TestService privacy) => Until.TrueAsync(
        async () => (await privacy.EventsAsync<ClosedAccountErasurePostponed>(account)).Count > 0, "it is looked at again");

    private static HttpClient Officer(TestService privacy) =>
        privacy.As(privacy.Issuer.Token(staff: ["privacy-officer"], expires: TimeSpan.FromDays(90)));

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
