using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;
using EPerfect.Privacy.DataMap;
using EPerfect.Privacy.Decisions;
using EPerfect.Privacy.Documents;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using A = EPerfect.Contracts.Accounts;
using O = EPerfect.Contracts.Orders;

namespace EPerfect.Privacy.Tests.DataMap;

/// <summary>The data map is what the running services say; the record of processing is made of it.</summary>
public sealed class MappingTheData(PostgresServer postgres, BrokerServer broker)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact, Control("S4")]
    public async Task What_each_service_acquires_stores_and_transmits_is_served_as_it_said_it_last()
    {
        var host = await HostAsync();
        await using var wire = await Wire.ConnectAsync(host, Token);
        await using var privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres, host, cancellationToken: Token);
        using var anybody = privacy.As(token: null);

        // Late, twice, and out of order.
        await wire.PublishAsync(O.DataDeclared.Name, Declared<O.DataDeclared>("new", version: 2), Guid.CreateVersion7(), Token);
        await wire.PublishAsync(O.DataDeclared.Name, Declared<O.DataDeclared>("old", version: 1), Guid.CreateVersion7(), Token);
        await wire.PublishAsync(O.DataDeclared.Name, Declared<O.DataDeclared>("new", version: 2), Guid.CreateVersion7(), Token);
        await wire.PublishAsync(
            A.DataDeclared.Name, Declared<A.DataDeclared>("accounts", version: 1), Guid.CreateVersion7(), Token);
        await Until.TrueAsync(
            async () => Of(await MapAsync(anybody), "accounts") is not null && Of(await MapAsync(anybody), "privacy") is not null,
            "all have said it");

        var map = await MapAsync(anybody);
        Of(map, "orders")!["hash"]!.GetValue<string>().ShouldBe("new");
        map["notHeardOf"]!.AsArray().Select(name => name!.GetValue<string>()).ShouldBe(["domains"]);
        var own = Of(map, "privacy")!;
        Row(own, "agents-mandate")["places"]!.AsArray().Select(place => place!.GetValue<string>())
            .ShouldContain("event request_filed: mandate");
        Row(own, "opening-details")["places"]!.AsArray().Select(place => place!.GetValue<string>())
            .ShouldContain("event personal_data_opened: details");
        Row(own, "erasure.looked-for")["places"]!.AsArray().Select(place => place!.GetValue<string>())
            .ShouldContain("event erasure_searched: lookedFor");
        Row(own, "made-choices")["form"]!.GetValue<string>().ShouldBe("clear");
        Row(own, "made-choices")["places"]!.AsArray().Select(place => place!.GetValue<string>())
            .ShouldContain("event consent_changed: given");
        var moves = own["moves"]!.AsArray().Select(move => $"{move!["direction"]} {move["name"]}").ToList();
        moves.ShouldContain("sent privacy.consent-changed.v1");
        moves.ShouldContain("received accounts.account-closed.v1");
        own["rules"]!.AsArray().Select(rule => rule!["rule"]!.GetValue<string>()).ShouldContain("closed-account");
    }

    [Fact, Control("S4")]
    public async Task The_record_of_processing_is_read_by_anybody_as_a_page_and_as_json()
    {
        await using var privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres, cancellationToken: Token);
        using var anybody = privacy.As(token: null);

        var json = await (await anybody.GetAsync("/api/privacy/processing-record", Token)).JsonAsync();
        anybody.DefaultRequestHeaders.Add("Accept", "text/html");
        var page = new HtmlParser().ParseDocument(await anybody.GetStringAsync("/api/privacy/processing-record", Token));

        json["controller"]!.GetValue<string>().ShouldNotBeNullOrWhiteSpace();
        json["notHeardOf"]!.AsArray().Count.ShouldBe(4, "without a broker nobody was heard");
        foreach (var activity in json["activities"]!.AsArray())
        {
            activity!["persons"]!.AsArray().ShouldNotBeEmpty();
            activity["transfers"]!.GetValue<string>().ShouldNotBe("not stated");
            activity["review"]!["overdue"]!.GetValue<bool>().ShouldBeFalse();
            page.GetElementById(activity["purpose"]!.GetValue<string>()).ShouldNotBeNull();
        }

        page.GetElementById("measures").ShouldNotBeNull();
        page.QuerySelectorAll("script").ShouldBeEmpty();
    }

    [Fact]
    public void Each_purpose_that_ships_has_its_persons_recipients_and_transfers()
    {
        var terms = RecordTerms.Shipped();
        ShippedTexts.Read().All.SelectMany(text => text.Purposes ?? []).Select(purpose => purpose.Purpose).Distinct()
            .ShouldBe(terms.Purposes.Keys, ignoreOrder: true);
    }

    [Fact]
    public void An_activity_lists_the_data_of_its_categories_with_ground_and_period_and_no_other()
    {
        var map = DataMapView.Of(new Map().Apply(Given.DataMap()));
        ProcessingRecord Record(string category) => MakeRecord.Of(
            RecordTerms.Shipped(), 1, [new("service", Bases.Contract, [category], "To serve.")], map, [], null);

        var data = Record("billing").Activities.ShouldHaveSingleItem().Data.ShouldHaveSingleItem();
        data.ShouldBe(data with
        {
            Service = "orders",
            Alias = "orders.payment-method",
            LegalBasis = "contract",
            Retention = "until 30 days after the account was closed",
        });
        Record("logs").Activities.ShouldHaveSingleItem().Data.ShouldBeEmpty();
    }

    [Fact]
    public void An_older_word_does_not_replace_a_newer_one()
    {
        var map = new Map().Apply(Given.DataMap(version: 2));

        Map.Take(map, Given.DataMap(version: 1)).Events.ShouldBeEmpty();
        Map.Take(map, Given.DataMap(version: 2)).Events.ShouldBeEmpty();
        Map.Take(map, Given.DataMap(version: 3)).Events.Count.ShouldBe(1);
        Map.Take(null, Given.DataMap()).Events.Count.ShouldBe(1);
    }

    private static T Declared<T>(string hash, long version)
        where T : Contracts.Privacy.DataDeclaration, new() => new()
        {
            Hash = hash,
            Data = Given.DataMap().Declared.Data,
            DeclaredAt = Given.Now,
            StreamVersion = version,
        };

    private static async Task<JsonObject> MapAsync(HttpClient anybody) =>
        await (await anybody.GetAsync("/api/privacy/datamap", Token)).JsonAsync();

    private static JsonNode? Of(JsonObject map, string service) =>
        map["services"]!.AsArray().SingleOrDefault(one => one!["service"]!.GetValue<string>() == service)?["declared"];

    private static JsonNode Row(JsonNode service, string alias) =>
        service["data"]!.AsArray().First(one => one!["alias"]!.GetValue<string>() == alias)!;

    private Task<TestVirtualHost> HostAsync() =>
        broker.CreateVirtualHostAsync(Topology.Render([PrivacyModule.Define(), .. OtherServices.All], "any"), Token);
}
