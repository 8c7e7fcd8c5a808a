using System.Net;
using EPerfect.Orders.Catalog;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Orders.Tests.Slices;

[Collection(RunningOrders.Name)]
public sealed class SellingFromTheCatalogue(OrdersService orders, PostgresServer postgres)
{
    private static readonly CatalogueFile Dearer = CatalogueFile.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Catalog", "catalogue.json"))
            .Replace("53.46", "63.46", StringComparison.Ordinal));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_catalogue_is_read_with_its_version_and_not_sent_again_to_who_has_it()
    {
        var response = await GetAsync(orders.Client, "/api/orders/catalogue");
        var catalogue = await response.JsonAsync();

        response.Headers.ETag!.Tag.ShouldBe("\"1\"");
        var plan = catalogue["hosting"]!.AsArray().Single(p => p!["code"]!.GetValue<string>() == "multi-3")!;
        plan["quota"]!["domains"]!.GetValue<int>().ShouldBe(3);
        plan["periods"]!.AsArray().Select(p => p!["months"]!.GetValue<int>()).ShouldBe([1, 3, 6, 12, 24]);
        plan["setupFee"]![0]!.ToJsonString().ShouldBe("""{"amount":"15.00","currency":"USD"}""");
        catalogue["domains"]![0]!["renew"]![0]!["amount"]!.GetValue<string>().ShouldBe("13.95");

        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/orders/catalogue");
        again.Headers.Add("If-None-Match", "\"1\"");
        (await orders.Client.SendAsync(again, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task Instances_that_start_together_publish_one_version()
    {
        await using var database = await postgres.CreateDatabaseAsync("orders", ct: Cancellation);
        await using (await TestService.StartAsync(OrdersModule.Define(), postgres, database: database))
        {
            // The first one has made the tables: from here on only the seeding is a race.
        }

        var together = await Task.WhenAll(Enumerable.Range(0, 3).Select(
            _ => TestService.StartAsync(
                OrdersModule.Define(),
                postgres,
                database: database,
                configure: b => b.Services.AddSingleton(Dearer),
                cancellationToken: Cancellation)));
        foreach (var service in together)
        {
            (await GetAsync(service.Client, "/api/orders/catalogue")).Headers.ETag!.Tag.ShouldBe("\"2\"");
            await service.DisposeAsync();
        }
    }

    [Fact, Control("nav-web-hosting-plans")]
    public async Task A_new_version_reaches_every_instance_and_leaves_placed_orders_alone()
    {
        await using var before = await TestService.StartAsync(OrdersModule.Define(), postgres);
        var id = await before.Client.PlaceAsync(Guid.CreateVersion7(), "tok_ok", Api.Hosting());
        await using var after = await TestService.StartAsync(
            OrdersModule.Define(),
            postgres,
            database: before.Database,
            configure: b => b.Services.AddSingleton(Dearer));

        await Until.TrueAsync(
            async () => (await GetAsync(before.Client, "/api/orders/catalogue")).Headers.ETag!.Tag == "\"2\"",
            "the older instance sells from the new version");

        var order = await after.Client.ReadAsync(id);
        order["catalogueVersion"]!.GetValue<int>().ShouldBe(1);
        order["total"]!["amount"]!.GetValue<string>().ShouldBe("63.46");
        (await PriceAsync(after.Client, "/api/orders/catalogue/1")).ShouldBe("53.46");
        (await PriceAsync(after.Client, "/api/orders/catalogue/2")).ShouldBe("63.46");
    }

    [Fact]
    public async Task An_older_instance_that_starts_again_sells_at_the_newer_prices_and_leaves_them_in_force()
    {
        await using var older = await TestService.StartAsync(OrdersModule.Define(), postgres);
        await using var newer = await TestService.StartAsync(
            OrdersModule.Define(),
            postgres,
            database: older.Database,
            configure: b => b.Services.AddSingleton(Dearer));
        (await PriceAsync(newer.Client, "/api/orders/catalogue")).ShouldBe("63.46");

        await using var again = await TestService.StartAsync(OrdersModule.Define(), postgres, database: older.Database);

        (await GetAsync(again.Client, "/api/orders/catalogue")).Headers.ETag!.Tag.ShouldBe("\"2\"");
        (await PriceAsync(again.Client, "/api/orders/catalogue")).ShouldBe("63.46");
        again.Log.Lines.ShouldContain(line => line.Contains("The catalogue file is an older one", StringComparison.Ordinal));
    }

    private static Task<HttpResponseMessage> GetAsync(HttpClient client, string path) =>
        client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);

    private static async Task<string> PriceAsync(HttpClient client, string path) =>
        (await (await GetAsync(client, path)).JsonAsync())["hosting"]![0]!["periods"]![3]!["price"]![0]!["amount"]!
            .GetValue<string>();
}
