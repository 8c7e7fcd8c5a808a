namespace EPerfect.Gateway;

/// <summary>The gateway's own pages, for anyone. What can be read can also be asked for without its content (RFC 9110,
/// 9.3.2).</summary>
internal static class Reading
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapRead(this IEndpointRouteBuilder routes, string pattern, Delegate handler) =>
        routes.MapMethods(pattern, Methods, handler).AllowAnonymous();
}
