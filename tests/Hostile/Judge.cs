using System.Net;
using System.Text.Json.Nodes;

namespace EPerfect.Hostile;

/// <summary>What is wrong with an answer; nothing else may ever come.</summary>
/// <param name="codes">The codes of the problem catalogue, with the statuses that each has.</param>
internal sealed class Judge(IReadOnlyDictionary<string, int[]> codes)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <param name="catalogue">The gateway's <c>problems.json</c>.</param>
    public static Judge Of(string catalogue) => new(JsonNode.Parse(catalogue)!.AsArray().ToDictionary(
        one => (string)one!["code"]!,
        one => one!["status"]!.AsArray().Select(status => (int)status!).ToArray(),
        StringComparer.Ordinal));

    /// <returns>In words; null if all is well.</returns>
    public string? WhyWrong(Hostility asked, HttpStatusCode status, string? mediaType, string body, TimeSpan took)
    {
        // A feed that is asked to wait does.
        if (took > Longest && !asked.Target.Contains("wait", StringComparison.Ordinal)) return $"took {took.TotalSeconds:0.0} s";
        if ((int)status >= 500) return $"{(int)status} {body}";
        if ((int)status < 400) return null;
        // Beyond what can be answered in words.
        if (status is HttpStatusCode.RequestHeaderFieldsTooLarge or HttpStatusCode.RequestUriTooLong && body.Length == 0)
            return null;
        if (asked.Operation.Method is "HEAD") return null;
        // RFC 9083 has errors of its own; and what is no HTTP is refused before anybody reads it.
        if (mediaType == "application/rdap+json" && asked.Target.StartsWith("/rdap/", StringComparison.Ordinal)) return null;
        if (status is HttpStatusCode.BadRequest && body.Length == 0 && asked.Target.Contains("%00", StringComparison.Ordinal))
            return null;
        // Pages answer people, and the provider programs as its RFCs say.
        if (asked.Operation.Fields is not null && mediaType is "text/html" or "application/json" or "text/plain") return null;
        if (mediaType != "application/problem+json") return $"{(int)status} is no problem document but {mediaType}: {body}";
        var problem = JsonNode.Parse(body)!;
        if ((string?)problem["code"] is not { } code) return $"{(int)status} without a code: {body}";
        return !codes.TryGetValue(code, out var statuses) ? $"{code} is in no catalogue"
            : !statuses.Contains((int)status) ? $"{code} is not told with {(int)status}"
            : null;
    }
}
