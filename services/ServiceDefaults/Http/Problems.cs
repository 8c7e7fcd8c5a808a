using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace EPerfect.ServiceDefaults;

/// <summary>Refusals as RFC 9457 problem documents: a stable code in <c>type</c>, the rule in <c>detail</c>.</summary>
public static class Problems
{
    /// <summary>Answers with a problem.</summary>
    /// <param name="refusal">What was refused, and by which rule.</param>
    public static IResult From(Refusal refusal)
    {
        Counters.Refused(refusal);
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["code"] = refusal.Code,
            ["traceId"] = Activity.Current?.TraceId.ToHexString(),
        };
        if (refusal.Pointer is { } pointer) extensions["pointer"] = pointer;
        if (refusal.Ground is { } ground) extensions["ground"] = ground;
        if (refusal.Oldest is { } oldest) extensions["oldest"] = oldest;
        if (refusal.Until is { } until) extensions["until"] = until;
        return Results.Problem(
            refusal.Rule,
            statusCode: refusal.Status,
            title: ReasonPhrases.GetReasonPhrase(refusal.Status),
            type: $"/problems/{refusal.Code}",
            extensions: extensions);
    }

    /// <summary>The problem for a status that the framework answered by itself.</summary>
    internal static Refusal ForStatus(int status) => status switch
    {
        400 => new(400, "malformed-request", "The request is not well formed."),
        401 => new(401, "unauthenticated", "A valid access token for this service is needed: Authorization: Bearer."),
        403 => new(403, "role-insufficient", "The caller may not do this."),
        404 => new(404, "not-found", "There is nothing at this address."),
        405 => new(405, "method-not-allowed", "This address does not know that method."),
        413 => new(413, "body-too-large", "A request body holds at most 64 KiB."),
        415 => new(415, "media-type-not-supported", "Bodies are sent as application/json."),
        503 => new(503, "unavailable", "A part that this needs is away for a moment. Try again."),
        _ => new(status, status >= 500 ? "internal-error" : "refused", ReasonPhrases.GetReasonPhrase(status)),
    };
}
