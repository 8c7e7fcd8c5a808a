using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Exports;

/// <summary>A part of an export, encrypted. A document: it is deleted when the export is over.</summary>
internal sealed record KeptPart(Guid Id, Guid ExportId, string Content)
{
    public static Guid IdOf(Guid exportId, string service, int attempt, int number) =>
        DeterministicId.From(exportId, ExportCipher.PlaceOf(exportId, service, attempt, number));
}
