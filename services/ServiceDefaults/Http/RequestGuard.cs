using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// What holds for every request: it names something. And for each that changes something: a POST has its Idempotency-Key, and
/// the body keeps what holds for every body.
/// Keeps the body's bytes, so that a repeat can be compared with what was sent first.
/// </summary>
internal sealed class RequestGuard(RequestDelegate next)
{
    public const string KeyHeader = "Idempotency-Key";

    public async Task InvokeAsync(HttpContext context)
    {
        if (await RefusalOfAsync(context) is { } refusal)
        {
            await Problems.From(refusal).ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private static async Task<Refusal?> RefusalOfAsync(HttpContext context)
    {
        var request = context.Request;
        if (context.GetEndpoint() is not { } endpoint) return null;
        if (NamesNothing(request)) return Refusals.NotFound("resource");
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return null;
        if (endpoint.Metadata.GetMetadata<BrowserForm>() is not null) return await RefusalOfFormAsync(request);
        var key = request.Headers[KeyHeader].ToString();
        if (HttpMethods.IsPost(request.Method) && key.Length == 0) return Refusals.KeyMissing;
        if (key.Length > 255 || key.Any(c => c is < '!' or > '~')) return Refusals.KeyMissing;
        // Clocks make good keys and one in ten passes for a card, so only what begins like one in use counts here.
        if (key.Length > 0 && key[0] is >= '2' and <= '6' && CardNumbers.Contains(key)) return CardNumbers.Refused("");
        if (!request.HasJsonContentType()) return null;
        if (!IsUtf8(request)) return Problems.ForStatus(StatusCodes.Status415UnsupportedMediaType);

        // All in memory: a body of this size would else be spooled to a temporary file, in clear.
        request.EnableBuffering(bufferThreshold: 128 * 1024);
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, context.RequestAborted);
        request.Body.Position = 0;
        var bytes = body.ToArray();
        context.Features.Set(new RequestBody(bytes));
        return BodyRules.WhyNot(bytes);
    }

    /// <summary>The nil UUID (RFC 9562) is nobody's id, and no stream can have it.</summary>
    private static bool NamesNothing(HttpRequest request) => request.RouteValues.Values.Any(
        value => value is string text && Guid.TryParse(text, out var id) && id == Guid.Empty);

    /// <summary>One password in many looks like a card by chance; it is never stored as it is.</summary>
    private static async Task<Refusal?> RefusalOfFormAsync(HttpRequest request)
    {
        if (!request.HasFormContentType) return null;
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        var found = form.FirstOrDefault(field => !field.Key.EndsWith("password", StringComparison.OrdinalIgnoreCase)
            && field.Value.Any(value => value is not null && CardNumbers.Contains(value)));
        return found.Key is { } name ? CardNumbers.Refused($"/{name}") : null;
    }

    /// <summary>JSON is (RFC 8259), and in another encoding a card number would pass unseen.</summary>
    private static bool IsUtf8(HttpRequest request) =>
        request.GetTypedHeaders().ContentType?.Charset is not { Length: > 0 } charset
        || HeaderUtilities.RemoveQuotes(charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}

/// <summary>The bytes that the client sent.</summary>
internal sealed record RequestBody(byte[] Bytes);
