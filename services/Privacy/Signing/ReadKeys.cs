using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Signing;

internal sealed record KeySet(IReadOnlyList<PublicKey> Keys);

/// <summary>The public part of every key that ever signed (JWK Set, RFC 7517).</summary>
internal static class ReadKeys
{
    private static async Task<IResult> Handle(Reader reader, HttpResponse response, CancellationToken cancellationToken)
    {
        var keys = await reader.LatestAsync<SigningKeys>(SigningKeys.StreamId, cancellationToken);
        response.Headers.CacheControl = "public, max-age=300";
        return Results.Ok(new KeySet(keys?.All.ConvertAll(PublicKey.Of) ?? []));
    }

    public static void Map(RouteGroupBuilder privacy) => privacy.MapGet("/keys", Handle)
        .WithName("ReadSigningKeys")
        .WithTags("Evidence")
        .Allow(Access.Anyone)
        .WithSummary("The keys that verify what this service signed, now and ever.")
        .Produces<KeySet>();
}
