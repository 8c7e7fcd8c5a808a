using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// What holds for every query and every form, before anybody reads them, the OpenID provider among others: they can be read,
/// and no text in them holds U+0000, which PostgreSQL cannot keep.
/// </summary>
internal sealed class TextGuard(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (await WhyNotAsync(context.Request) is { } refusal) await Problems.From(refusal).ExecuteAsync(context);
        else await next(context);
    }

    private static async Task<Refusal?> WhyNotAsync(HttpRequest request)
    {
        if (request.Query.Any(HoldsNul)) return BodyRules.Nul("");
        if (!request.HasFormContentType) return null;
        try
        {
            var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return form.Any(HoldsNul) ? BodyRules.Nul("") : null;
        }
        catch (Exception malformed) when (malformed is InvalidDataException or IOException and not BadHttpRequestException)
        {
            // %00 among it, which the library refuses by itself; too many fields, no boundary, an end that is missing.
            return Problems.ForStatus(StatusCodes.Status400BadRequest);
        }
    }

    private static bool HoldsNul(KeyValuePair<string, StringValues> field) =>
        BodyRules.HasNul(field.Key) || field.Value.Any(value => value is not null && BodyRules.HasNul(value));
}
