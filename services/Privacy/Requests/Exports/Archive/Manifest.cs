using System.Text.Json;
using System.Text.Json.Serialization;

namespace EPerfect.Privacy.Requests.Exports.Archive;

/// <param name="Service">Which.</param>
/// <param name="AnsweredAt">When all of its part had come.</param>
/// <param name="AsOf">What came to it later is not told.</param>
/// <param name="Holdings">How many things it looked through.</param>
internal sealed record AnsweredService(string Service, DateTimeOffset AnsweredAt, DateTimeOffset AsOf, int Holdings);

/// <param name="Name">Its name in the archive.</param>
/// <param name="Sha256">Its hash, hexadecimal.</param>
internal sealed record ListedFile(string Name, string Sha256);

/// <summary>What is signed: which services answered, the hash of every other file of the archive, and how many things are not
/// in it because law forbids to tell of them.</summary>
internal sealed record Manifest(
    Guid ExportId,
    string Kind,
    Guid AccountId,
    DateTimeOffset GrantedAt,
    DateTimeOffset ReadyAt,
    DateTimeOffset MadeAt,
    IReadOnlyList<AnsweredService> Services,
    IReadOnlyList<ListedFile> Files,
    int WithheldByLaw)
{
    public const string Type = "export-manifest+jwt";

    public const string FileName = "manifest.jws";

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static Manifest Of(Export export, IReadOnlyList<ListedFile> files, int withheldByLaw, DateTimeOffset now) => new(
        export.Id,
        export.Granted.Kind,
        export.Granted.AccountId,
        export.Granted.GrantedAt,
        export.Ready!.ReadyAt,
        now,
        AnswersOf(export),
        files,
        withheldByLaw);

    public static IReadOnlyList<AnsweredService> AnswersOf(Export export) =>
    [
        .. export.Parts.Select(one => new AnsweredService(one.Key, one.Value.AnsweredAt, one.Value.AsOf, one.Value.Holdings)),
    ];

    /// <summary>Why it is not to be believed, although its signature may be good; null if it is.</summary>
    public string? Fault() =>
        Export.Services.FirstOrDefault(service => Services.All(one => one.Service != service)) is { } missing
            ? $"{missing} has not answered"
            : null;
}
