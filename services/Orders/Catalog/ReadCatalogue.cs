using EPerfect.ServiceDefaults;

namespace EPerfect.Orders.Catalog;

internal static class ReadCatalogue
{
    public static void Map(RouteGroupBuilder orders)
    {
        orders.MapGet("/catalogue", CurrentAsync)
            .WithName("ReadCatalogue")
            .Allow(Access.Anyone)
            .WithSummary("What is for sale now: plans, periods, quotas, domains and prices.")
            .Produces<CatalogueView>()
            .Produces(StatusCodes.Status304NotModified);
        orders.MapGet("/catalogue/{version:int}", VersionAsync)
            .WithName("ReadCatalogueVersion")
            .Allow(Access.Anyone)
            .WithSummary("What was for sale at a version; placed orders are pinned to theirs.")
            .Produces<CatalogueView>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> CurrentAsync(
        HttpContext http, Catalogues catalogues, CancellationToken cancellationToken)
    {
        var current = await catalogues.CurrentAsync(cancellationToken);
        http.Response.Headers.CacheControl = PublicAnswers.SharedForOneSecond;
        return await AnswerAsync(http, catalogues, current.Version, cancellationToken);
    }

    private static Task<IResult> VersionAsync(
        int version, HttpContext http, Catalogues catalogues, CancellationToken cancellationToken) =>
        AnswerAsync(http, catalogues, version, cancellationToken);

    private static async Task<IResult> AnswerAsync(
        HttpContext http, Catalogues catalogues, int version, CancellationToken cancellationToken)
    {
        if (await catalogues.ViewAsync(version, cancellationToken) is not { } view)
            return Problems.From(Refusals.NotFound("catalogue version"));
        var etag = ETags.Of(version);
        http.Response.Headers.ETag = etag;
        return http.Request.GetTypedHeaders().IfNoneMatch.Any(t => t.Tag == etag)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Bytes(view, "application/json; charset=utf-8");
    }
}
