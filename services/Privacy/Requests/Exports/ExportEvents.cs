using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Exports;

/// <summary>A person gets what is held.</summary>
/// <param name="ExportId">The export.</param>
/// <param name="RequestId">The request that it carries out.</param>
/// <param name="AccountId">Whose data.</param>
/// <param name="LoginId">The login that asked and alone may fetch it; null if staff began it.</param>
/// <param name="Kind">One of <see cref="ExportKinds"/>.</param>
/// <param name="GrantedAt">When.</param>
internal sealed record ExportGranted(
    Guid ExportId, Guid RequestId, Guid AccountId, Guid? LoginId, string Kind, DateTimeOffset GrantedAt);

/// <summary>It has its key: from now on all services may answer.</summary>
/// <param name="Order">What was granted.</param>
/// <param name="Key">What the parts are encrypted to.</param>
/// <param name="Secret">What opens them, sealed under the export's own id: destroyed, it makes every part unreadable,
/// wherever it rests.</param>
/// <param name="OrderedAt">When.</param>
internal sealed record ExportOrdered(
    ExportGranted Order, Contracts.Privacy.ExportKey Key, Sealed<ExportSecret> Secret, DateTimeOffset OrderedAt);

/// <summary>A part came in, and is kept.</summary>
/// <param name="Service">Whose.</param>
/// <param name="LoginId">The login whose own data is among it.</param>
/// <param name="Attempt">Of several only the newest counts.</param>
/// <param name="Number">From 1, within the attempt.</param>
/// <param name="IsLast">Whether none comes after it.</param>
/// <param name="Holdings">How many things the service told, up to it.</param>
/// <param name="AsOf">What came later is not told.</param>
/// <param name="KeptAt">When.</param>
internal sealed record ExportPartKept(
    string Service,
    Guid? LoginId,
    int Attempt,
    int Number,
    bool IsLast,
    int Holdings,
    DateTimeOffset AsOf,
    DateTimeOffset KeptAt);

/// <summary>All have answered.</summary>
internal sealed record ExportReady(DateTimeOffset ReadyAt, DateTimeOffset EndsAt);

/// <summary>It is about to be fetched.</summary>
internal sealed record ExportDownloaded(Guid? LoginId, DateTimeOffset DownloadedAt);

/// <summary>The request was refused or taken back: nothing of it is handed over any more, and it ends at once.</summary>
internal sealed record ExportCalledOff(DateTimeOffset CalledOffAt);

/// <summary>Its key is destroyed. The reason is one of <see cref="ExportEnds"/>.</summary>
internal sealed record ExportEnded(string Reason, DateTimeOffset EndedAt);

/// <summary>Why an export is over. Stable words.</summary>
internal static class ExportEnds
{
    public const string Expired = "expired";
    public const string PersonErased = "person-erased";
    public const string CalledOff = "called-off";
}
