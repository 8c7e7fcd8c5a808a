using System.Net;
using EPerfect.Contracts.Privacy;
using EPerfect.PersonalData;
using EPerfect.Privacy.Requests.Erasure;
using EPerfect.Privacy.Requests.Erasure.Recipients;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Npgsql;
using A = EPerfect.Contracts.Accounts;

namespace EPerfect.Privacy.Tests.Requests;

/// <summary>What stops an erasure is cleaned away, or accepted by the privacy officer: one place, with a ground.</summary>
public sealed class AcceptingFoundPlaces(PostgresServer postgres, BrokerServer broker)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private static readonly AcceptFoundPlaceRequest Headers =
        new("accounts", "store.mt_events", "headers", "coincidence", "note");
    private readonly Guid account = Guid.CreateVersion7();

    [Fact]
    public async Task The_privacy_officer_accepts_one_place_and_the_service_that_found_it_is_told_once()
    {
        var host = await broker.CreateVirtualHostAsync(
            Topology.Render([PrivacyModule.Define(), .. OtherServices.All], "any"), Token);
        await using var wire = await Wire.ConnectAsync(host, Token);
        var told = await wire.HearAsync(FoundInClearAccepted.Name, Token);
        await using var privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres, host, cancellationToken: Token);
        var filed = await privacy.Client.PostWithKeyAsync($"/api/privacy/people/{account}/requests", new { kind = "erasure" });
        var erasure = Guid.Parse((await filed.JsonAsync())["certificate"]!.GetValue<string>().Split('/')[^1]);
        await wire.PublishAsync(
            A.ErasureStopped.Name,
            new A.ErasureStopped
            {
                ErasureId = erasure, AccountId = account, StreamVersion = 3,
                Places = [new("store.mt_events", "headers", 2, "note"), new("store.mt_events", "headers", 1, "by[]")],
            },
            Guid.CreateVersion7(), Token);
        var path = $"/api/privacy/erasures/{erasure}";
        using var officer = privacy.As(privacy.Issuer.Token(staff: ["privacy-officer"]));
        using var support = privacy.As(privacy.Issuer.Token(staff: ["support"]));
        await Until.TrueAsync(
            async () => (await (await officer.GetAsync(path, Token)).JsonAsync())["stopped"]!.AsArray().Count == 1,
            "it is stopped");

        async Task<(HttpStatusCode, string?)> AcceptAsync(HttpClient who, object body)
        {
            using var answer = await who.PostWithKeyAsync($"{path}/accepted-places", body);
            return (answer.StatusCode, answer.IsSuccessStatusCode ? null : await answer.ProblemCodeAsync());
        }

        (await AcceptAsync(support, Headers)).ShouldBe((HttpStatusCode.Forbidden, "role-insufficient"));
        (await AcceptAsync(officer, Headers with { Ground = "in-a-hurry" }))
            .ShouldBe((HttpStatusCode.UnprocessableEntity, "acceptance-ground-unknown"));
        foreach (var other in (AcceptFoundPlaceRequest[])
            [
                Headers with { Path = null }, Headers with { Path = "%" }, Headers with { Column = "data" },
                Headers with { Table = "*" }, Headers with { Store = "orders" },
            ])
        {
            (await AcceptAsync(officer, other)).ShouldBe((HttpStatusCode.UnprocessableEntity, "place-not-found"));
        }

        (await AcceptAsync(officer, Headers)).ShouldBe((HttpStatusCode.NoContent, null));
        (await AcceptAsync(officer, Headers)).ShouldBe((HttpStatusCode.NoContent, null));
        (await AcceptAsync(officer, Headers with { Ground = "public-record" }))
            .ShouldBe((HttpStatusCode.Conflict, "place-accepted"));

        await Until.TrueAsync(() => Task.FromResult(told.Count > 0), "it is told");
        var seen = await (await officer.GetAsync(path, Token)).JsonAsync();
        seen["accepted"]!.AsArray().ShouldHaveSingleItem()!["place"]!["path"]!.ToString().ShouldBe("note");
        seen["stopped"]!.AsArray().Count.ShouldBe(1, "until the service has searched again");
        var message = told.ShouldHaveSingleItem();
        (message["store"]!.ToString(), message["table"]!.ToString(), message["column"]!.ToString(), message["path"]!.ToString())
            .ShouldBe(("accounts", "store.mt_events", "headers", "note"));
        (message["rows"]!.GetValue<long>(), message["ground"]!.ToString()).ShouldBe((2, "coincidence"));
    }

    [Fact]
    public async Task Where_Privacy_itself_found_it_its_own_part_goes_on_at_once()
    {
        const string Mandate = "attorney Quetzal 17";
        var host = await broker.CreateVirtualHostAsync(
            Topology.Render([PrivacyModule.Define(), .. OtherServices.All], "any"), Token);
        await using var privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres, host, cancellationToken: Token);
        using var officer = privacy.As(privacy.Issuer.Token(staff: ["privacy-officer"]));
        var requests = $"/api/privacy/people/{account}/requests";
        (await privacy.Client.PutAsync(
            $"/api/privacy/people/{account}/consents/direct-mail", new { given = true, policySet = 1 }))
            .EnsureSuccessStatusCode();
        (await officer.PostWithKeyAsync(requests, new { kind = "rectification", mandate = Mandate })).EnsureSuccessStatusCode();
        await using (var admin = NpgsqlDataSource.Create(privacy.Database.Admin))
        {
            await using var plant = admin.CreateCommand(
                "update store.mt_events set headers = jsonb_build_object('note', $1::text) where seq_id = 1");
            plant.Parameters.AddWithValue(Mandate);
            (await plant.ExecuteNonQueryAsync(Token)).ShouldBe(1);
        }

        var filed = await privacy.Client.PostWithKeyAsync(requests, new { kind = "erasure" });
        var erasure = Guid.Parse((await filed.JsonAsync())["certificate"]!.GetValue<string>().Split('/')[^1]);
        var path = $"/api/privacy/erasures/{erasure}";
        await Until.TrueAsync(
            async () => (await (await officer.GetAsync(path, Token)).JsonAsync())["stopped"]!.AsArray().Count == 1,
            "it is stopped");
        var place = (await (await officer.GetAsync(path, Token)).JsonAsync())["stopped"]![0]!["places"]!.AsArray()
            .ShouldHaveSingleItem()!;
        var own = OrderErasure.OwnPart(erasure);
        (await privacy.HappenedAsync(own)).ShouldNotContain("erasure_searched");

        (await officer.PostWithKeyAsync($"{path}/accepted-places", new
        {
            store = "privacy", table = place["table"]!.ToString(), column = place["column"]!.ToString(),
            path = place["path"]!.ToString(), ground = "coincidence",
        })).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await privacy.ErasedAsync(own)).Accepted.ShouldHaveSingleItem().Path.ShouldBe("note");
    }

    [Fact]
    public void Where_more_is_found_than_was_accepted_somebody_looks_again()
    {
        var place = new AcceptedPlace("store.mt_events", "headers", "note", 1, AcceptanceGrounds.Coincidence);
        FoundPlace Found(long rows) => new("clear", place.Table, place.Column, rows, place.Path);
        (place.Is(Found(1)), place.Is(Found(50))).ShouldBe((true, false));

        var accepted = Stopped([new FoundAt(place.Table, place.Column, 50, place.Path)])
            .Apply(new FoundPlaceAccepted("accounts", place, Given.Now));
        AcceptFoundPlace.Decide(
            accepted, new("accounts", place.Table, place.Column, AcceptanceGrounds.AnotherPersons, place.Path), Given.Now)
            .ShouldBe(Decision.Of(new FoundPlaceAccepted(
                "accounts", place with { Rows = 50, Ground = AcceptanceGrounds.AnotherPersons }, Given.Now)));
    }

    [Fact]
    public void What_is_sealed_and_can_be_opened_is_accepted_by_nobody()
    {
        var stopped = Stopped([new FoundAt("store.mt_events", "data", 4, Path: null, Group: "contact")]);

        AcceptFoundPlace.Decide(stopped, new("accounts", "store.mt_events", "data", "coincidence"), Given.Now)
            .Refusal!.Code.ShouldBe("place-is-sealed");
    }

    [Fact]
    public void The_certificate_names_each_accepted_place_with_its_ground_and_believes_no_other_ground()
    {
        var place = new AcceptedPlace("store.mt_events", "headers", "note", 2, AcceptanceGrounds.Coincidence);
        StoreProof Of(string store) => new(
            store, [], [], [], new SearchResult(30, 80, 9, 0, 7, 0, SearchedAgain: true), Given.Now, 5, UnreadableInCopies: true,
            Given.Now, store == "accounts" ? [place] : null);
        var proven = ErasureOfPerson.Stores.Aggregate(Stopped([]), (state, store) => state.Apply(new StoreErased(Of(store))));

        var certificate = Certificate.Of(proven, new Dictionary<Guid, DateTimeOffset>(), Given.Now);

        certificate.Fault().ShouldBeNull();
        var accounts = certificate.Stores.Single(store => store.Accepted is not null);
        VerifyCertificate.Line(accounts)
            .ShouldContain("found in clear and accepted as coincidence: store.mt_events.headers at note, 2 rows");
        var lax = accounts with { Accepted = [place with { Ground = "in-a-hurry" }] };
        (certificate with { Stores = [lax, .. certificate.Stores.Skip(1)] }).Fault()
            .ShouldBe("accounts accepted data in clear on no known ground");
    }

    private ErasureOfPerson Stopped(IReadOnlyList<FoundAt> places) => ErasureOfPerson
        .Create(new Privacy.Requests.Erasure.ErasureOrdered(Guid.CreateVersion7(), null, account, Given.Now))
        .Apply(new RecipientsTold([], Given.Now, Given.Now))
        .Apply(new StoreStopped("accounts", places, Given.Now, 3, Given.Now));
}
