using System.Text.Json.Serialization;
using EPerfect.Contracts.Privacy;

namespace EPerfect.ServiceDefaults;

// One stream for each export that a service takes part in; each part has one of its own, so that no fold carries them all.

/// <summary>A person is to get what is held of them.</summary>
/// <param name="ExportId">The export, as all services know it.</param>
/// <param name="AccountId">Whose data.</param>
/// <param name="LoginId">The login that asked; null if staff began it.</param>
/// <param name="Kind">One of <see cref="ExportKinds"/>.</param>
/// <param name="Key">What the parts are encrypted to.</param>
/// <param name="ReceivedAt">When this service heard of it.</param>
public sealed record ExportReceived(
    Guid ExportId, Guid AccountId, Guid? LoginId, string Kind, ExportKey Key, DateTimeOffset ReceivedAt);

/// <summary>It is settled whose data is told, and up to when.</summary>
/// <param name="Subjects">Opaque ids.</param>
/// <param name="LoginId">The login that is told of itself, if one is.</param>
/// <param name="BegunAt">What came later is not told.</param>
public sealed record ExportBegun(IReadOnlyList<Guid> Subjects, Guid? LoginId, DateTimeOffset BegunAt);

/// <summary>A part was gathered, encrypted and stored, in a stream of its own.</summary>
/// <param name="Number">From 1, within the attempt.</param>
/// <param name="Holdings">How many things were told or passed over so far.</param>
/// <param name="Digest">Over which those were: the next run goes on only after the same ones.</param>
/// <param name="IsLast">Nothing comes after it.</param>
/// <param name="ToldAt">When.</param>
public sealed record ExportTold(int Number, int Holdings, string Digest, bool IsLast, DateTimeOffset ToldAt);

/// <summary>It is long and goes on in the next run.</summary>
/// <param name="PausedAt">When.</param>
public sealed record ExportPaused(DateTimeOffset PausedAt);

/// <summary>Something that had been told was deleted meanwhile: what follows could leave a gap, so it begins anew.</summary>
/// <param name="Attempt">Which one begins.</param>
/// <param name="BegunAt">When.</param>
public sealed record ExportBegunAnew(int Attempt, DateTimeOffset BegunAt);

/// <summary>A part, readable for nobody but who has the export's key.</summary>
/// <param name="ExportId">The export.</param>
/// <param name="AccountId">Whose data.</param>
/// <param name="LoginId">The login that is told of itself, if one is.</param>
/// <param name="Attempt">From 1; of several only the newest counts.</param>
/// <param name="Number">From 1, within the attempt.</param>
/// <param name="IsLast">Nothing comes after it.</param>
/// <param name="Holdings">How many things were told or passed over so far.</param>
/// <param name="AsOf">What came later is not told.</param>
/// <param name="Content">A compact JWE of lines of JSON.</param>
public sealed record ExportPartSealed(
    Guid ExportId,
    Guid AccountId,
    Guid? LoginId,
    int Attempt,
    int Number,
    bool IsLast,
    int Holdings,
    DateTimeOffset AsOf,
    string Content);

/// <summary>What a person gets.</summary>
public static class ExportKinds
{
    /// <summary>All that is held (GDPR Art. 15).</summary>
    public const string Access = "access";

    /// <summary>What the person provided (Art. 20).</summary>
    public const string Portability = "portability";
}

[JsonSerializable(typeof(ExportReceived))]
[JsonSerializable(typeof(ExportBegun))]
[JsonSerializable(typeof(ExportTold))]
[JsonSerializable(typeof(ExportPaused))]
[JsonSerializable(typeof(ExportBegunAnew))]
[JsonSerializable(typeof(ExportPartSealed))]
internal sealed partial class ExportJson : JsonSerializerContext;
