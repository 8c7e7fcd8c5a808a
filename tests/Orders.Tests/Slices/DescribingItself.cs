using EPerfect.Testing;

namespace EPerfect.Orders.Tests.Slices;

[Collection(RunningOrders.Name)]
public sealed class DescribingItself(OrdersService orders)
{
    [Fact]
    public async Task The_description_names_every_operation_and_what_it_may_refuse()
    {
        var response = await orders.Client.GetAsync(
            new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken);
        var paths = (await response.JsonAsync())["paths"]!.AsObject();

        paths.SelectMany(path => path.Value!.AsObject().Select(o => o.Value!["operationId"]!.GetValue<string>()))
            .ShouldBe(
                [
                    "ReadCatalogue", "ReadCatalogueVersion", "PlaceOrder", "ListOrders", "ReadOrder", "CancelOrder",
                    "OrderHistory",
                ],
                ignoreOrder: true);
        paths["/api/orders"]!["post"]!["responses"]!.AsObject().Select(r => r.Key)
            .ShouldBe(["201", "400", "401", "403", "409", "410", "422"], ignoreOrder: true);
    }
}
