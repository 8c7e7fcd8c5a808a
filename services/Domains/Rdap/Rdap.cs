using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;

namespace EPerfect.Domains.Rdap;

/// <summary>What every RDAP answer has in common (RFC 7480, RFC 9083; ICANN's profile of February 2024).</summary>
internal static class Rdap
{
    public const string MediaType = "application/rdap+json";

    public static readonly string[] Conformance =
        ["rdap_level_0", "icann_rdap_response_profile_1", "icann_rdap_technical_implementation_guide_1"];

    /// <summary>The extension is declared where it is used, and only there.</summary>
    public static readonly string[] ConformanceWithRedaction = [.. Conformance, "redacted"];

    // The type is no HTML and is not sniffed, so quotes and plus signs may stay readable.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static IResult Answer(object document) => Results.Json(document, Json, MediaType);

    /// <summary>An error says its status in the body too; the notice tells where to ask.</summary>
    public static IResult Error(int status, string description, HttpRequest request, DomainsOptions options) =>
        Results.Json(
            new
            {
                rdapConformance = Conformance,
                errorCode = status,
                title = ReasonPhrases.GetReasonPhrase(status),
                description = new[] { description },
                notices = new[] { Notices.TermsOfUse(options, SelfOf(request, options)) },
            },
            Json,
            MediaType,
            status);

    /// <summary>The URL as the client has it, without the query.</summary>
    public static string SelfOf(HttpRequest request, DomainsOptions options) =>
        options.RdapBase!.ToString().TrimEnd('/') + request.Path.ToUriComponent()["/rdap".Length..];
}
