using System.Text.Json;
using EPerfect.Privacy.Decisions;
using EPerfect.Privacy.Documents;

namespace EPerfect.Privacy.People.Receipts;

/// <summary>
/// What a person holds against us: one change of a consent with the notice that it was made under. The fields are those of
/// ISO/IEC TS 27560:2023, made from the stored event alone, so that every reading of it says the same.
/// </summary>
internal sealed record ConsentReceipt(
    string SchemaVersion,
    string RecordId,
    Guid PiiPrincipalId,
    ReceiptNotice PrivacyNotice,
    string Language,
    IReadOnlyList<ReceiptPurpose> Purposes,
    IReadOnlyList<ReceiptParty> PartyIdentification,
    ReceiptEvent Event)
{
    /// <summary>The type in the header of the signature.</summary>
    public const string Type = "consent-receipt+jwt";

    private const string Controller = "eperfect";
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <param name="person">Whose.</param>
    /// <param name="number">Which change, from 1.</param>
    /// <param name="change">The change.</param>
    /// <param name="policy">The privacy policy.</param>
    /// <param name="version">The version of it that was the notice; null where none was shown.</param>
    public static ConsentReceipt Of(Guid person, int number, ConsentChanged change, Document policy, int? version)
    {
        var notice = version is { } shown ? policy.Find(shown) : null;
        var purpose = policy.PurposesOf(version ?? policy.Newest.Version).FirstOrDefault(x => x.Purpose == change.Purpose);
        return new(
            "ISO/IEC TS 27560:2023",
            $"{person:D}/{number}",
            person,
            new(
                notice is null ? null : ReadDocuments.Href(notice.Kind, notice.Version),
                notice?.Sha256,
                notice?.Version,
                change.PolicySet),
            "en",
            [new(
                change.Purpose,
                purpose?.Description,
                Bases.Consent,
                [.. (purpose?.Categories ?? []).Select(category => new ReceiptInformation(category))],
                [Controller],
                change.Channel,
                "until the consent is withdrawn",
                $"PUT /api/privacy/people/{person:D}/consents/{change.Purpose} with given: false, under any notice")],
            [new(Controller, "ePerfect Web Hosting Solutions", "PII controller", "support@eperfect.net")],
            new(change.ChangedAt, "indefinite", person, "explicit", change.Given ? "given" : "withdrawn"));
    }
}

internal sealed record ReceiptNotice(string? Location, string? Sha256, int? Version, int PolicySet);

internal sealed record ReceiptPurpose(
    string Purpose,
    string? Description,
    string LawfulBasis,
    IReadOnlyList<ReceiptInformation> PiiInformation,
    IReadOnlyList<string> PiiControllers,
    string CollectionMethod,
    string RetentionPeriod,
    string WithdrawalMethod);

internal sealed record ReceiptInformation(string PiiType);

internal sealed record ReceiptParty(string PartyId, string PartyName, string PartyRole, string PartyContact);

internal sealed record ReceiptEvent(
    DateTimeOffset EventTime, string ValidityDuration, Guid EntityId, string EventType, string EventState);
