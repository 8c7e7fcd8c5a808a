using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using EPerfect.Privacy.Requests.Erasure.Recipients;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Erasure;

/// <param name="Store">The service.</param>
/// <param name="Destroyed">Keys by group and version.</param>
/// <param name="HeldBack">What is kept, on what ground, until when.</param>
/// <param name="Deleted">Rows that no key protects.</param>
/// <param name="Search">What an independent search of the whole store found.</param>
/// <param name="At">When.</param>
/// <param name="UnreadableInCopies">Whether no copy of the key store, such as a backup, opens what was destroyed.</param>
/// <param name="UnreadableInCopiesFrom">Since when; or from when on at the latest; null if nobody can say.</param>
/// <param name="Accepted">Where something was found in clear that is not the person's, and why; null if nowhere.</param>
internal sealed record CertifiedStore(
    string Store,
    IReadOnlyList<ShreddedGroup> Destroyed,
    IReadOnlyList<HeldBack> HeldBack,
    IReadOnlyList<RemovedRows> Deleted,
    SearchResult Search,
    DateTimeOffset At,
    bool UnreadableInCopies,
    DateTimeOffset? UnreadableInCopiesFrom,
    IReadOnlyList<AcceptedPlace>? Accepted = null);

/// <param name="PartnerId">The partner that was given something of the person.</param>
/// <param name="Company">Its name.</param>
/// <param name="ToldAt">When it first took the event that tells it to delete; null if it never did.</param>
/// <param name="ErasedAt">When it said that it has deleted it; null if it has not.</param>
/// <param name="How">How it said so.</param>
/// <param name="OverdueAt">When it was given nothing more of anybody, because it had not said so in time.</param>
/// <param name="StoppedSince">Since when nothing had been delivered to it; null if it could have come for the event.</param>
internal sealed record CertifiedRecipient(
    Guid PartnerId,
    string Company,
    DateTimeOffset? ToldAt,
    DateTimeOffset? ErasedAt,
    string? How,
    DateTimeOffset? OverdueAt,
    DateTimeOffset? StoppedSince = null);

/// <summary>
/// What is signed. It names nobody: whose it is, is a hash over a salt and the account's number, which who knows the
/// number can check.
/// </summary>
internal sealed record Certificate(
    Guid ErasureId,
    int Number,
    bool IsFinal,
    string Salt,
    string Subject,
    DateTimeOffset OrderedAt,
    DateTimeOffset CertifiedAt,
    IReadOnlyList<CertifiedStore> Stores,
    IReadOnlyList<CertifiedRecipient> Recipients)
{
    public const string Type = "erasure-certificate+jwt";

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <param name="erasure">What is proven.</param>
    /// <param name="toldAt">When each partner took the event that tells it to delete.</param>
    /// <param name="now">When it is signed.</param>
    public static Certificate Of(
        ErasureOfPerson erasure, IReadOnlyDictionary<Guid, DateTimeOffset> toldAt, DateTimeOffset now)
    {
        var salt = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        return new Certificate(
            erasure.Order.ErasureId,
            erasure.Certificates.Count + 1,
            erasure.IsFinal,
            salt,
            SubjectOf(salt, erasure.Order.AccountId),
            erasure.Order.OrderedAt,
            now,
            [.. erasure.Proofs.Values.Select(Store)],
            [.. erasure.Told!.Recipients.Select(one => Recipient(one, erasure, toldAt))]);
    }

    public static string SubjectOf(string salt, Guid accountId) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($"{salt}.{accountId:D}")));

    /// <summary>Why it is not to be believed, although its signature may be good; null if it is.</summary>
    public string? Fault() =>
        ErasureOfPerson.Stores.FirstOrDefault(store => Stores.All(one => one.Store != store)) is { } missing
            ? $"{missing} has not answered"
        : Stores.FirstOrDefault(store => store.Search.Plaintext > 0) is { } clear ? $"{clear.Store} found data in clear"
        : Stores.FirstOrDefault(store => store.Search.Readable > 0 && store.HeldBack.Count == 0) is { } open
            ? $"{open.Store} holds readable data and says not why"
        : Stores.FirstOrDefault(HasLookedForNothing) is { } blind
            ? $"{blind.Store} destroyed names and addresses, and looked for none of them"
        : Stores.FirstOrDefault(HasAcceptedAnything) is { } lax ? $"{lax.Store} accepted data in clear on no known ground"
        : IsFinal && Stores.Any(store => store.HeldBack.Count > 0) ? "it says that it is final, and something is held back"
        : IsFinal && Stores.FirstOrDefault(store => !store.UnreadableInCopies) is { } early
            ? $"it says that it is final, and copies of the keys of {early.Store} can be read"
        : Stores.FirstOrDefault(store => store.UnreadableInCopies && store.UnreadableInCopiesFrom > CertifiedAt) is { } hasty
            ? $"it says that copies of the keys of {hasty.Store} cannot be read, from a day to come"
        : Recipients.FirstOrDefault(one => one is { ErasedAt: null, OverdueAt: null }) is { } silent
            ? $"{silent.Company} has not answered, and its time was not up"
        : IsFinal && Recipients.FirstOrDefault(one => one.ErasedAt is null) is { } mute
            ? $"it says that it is final, and {mute.Company} has not answered"
        : null;

    /// <summary>There was a name or an address. Of other groups there may be nothing that could be looked for.</summary>
    private static bool HasLookedForNothing(CertifiedStore store) =>
        store.Search.Texts == 0
        && store.Destroyed.Any(one => one.Keys > 0 && one.Group is "identity" or "contact");

    private static bool HasAcceptedAnything(CertifiedStore store) =>
        store.Accepted?.Any(place => !AcceptanceGrounds.All.Contains(place.Ground, StringComparer.Ordinal)) == true;

    private static CertifiedRecipient Recipient(
        ErasureRecipient recipient, ErasureOfPerson erasure, IReadOnlyDictionary<Guid, DateTimeOffset> toldAt)
    {
        var answer = erasure.Answered.GetValueOrDefault(recipient.PartnerId);
        var overdue = erasure.Overdue.GetValueOrDefault(recipient.PartnerId);
        return new(
            recipient.PartnerId,
            recipient.Company,
            toldAt.TryGetValue(recipient.PartnerId, out var told) ? told : null,
            answer?.AnsweredAt,
            answer?.How,
            overdue?.OverdueAt,
            overdue?.StoppedSince);
    }

    private static CertifiedStore Store(StoreProof proof) =>
        new(
            proof.Store, proof.Groups, proof.HeldBack, proof.Removed, proof.Search, proof.ShreddedAt, proof.UnreadableInCopies,
            proof.UnreadableInCopiesFrom, proof.Accepted);
}
