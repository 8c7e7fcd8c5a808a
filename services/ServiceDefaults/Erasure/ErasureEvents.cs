using System.Text.Json.Serialization;
using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

// One stream for each erasure that a service takes part in.

/// <summary>A person is to be erased.</summary>
/// <param name="ErasureId">The erasure, as all services know it.</param>
/// <param name="AccountId">Whose data.</param>
/// <param name="ReceivedAt">When this service heard of it.</param>
public sealed record ErasureReceived(Guid ErasureId, Guid AccountId, DateTimeOffset ReceivedAt);

/// <summary>Nothing more comes in, and it is settled whose keys are to be destroyed.</summary>
/// <param name="Subjects">Opaque ids.</param>
/// <param name="BegunAt">When.</param>
public sealed record ErasureBegun(IReadOnlyList<Guid> Subjects, DateTimeOffset BegunAt);

/// <summary>A search is long and goes on in the next run.</summary>
/// <param name="State">How far it has come.</param>
/// <param name="PausedAt">When.</param>
public sealed record ErasureSearchPaused(ScanState State, DateTimeOffset PausedAt);

/// <summary>The store was searched for the person's data in clear while it could still be opened, and none was found.</summary>
/// <param name="Texts">How many texts were looked for.</param>
/// <param name="Tables">In how many tables.</param>
/// <param name="Columns">In how many columns.</param>
/// <param name="SearchedAt">When.</param>
/// <param name="LookedFor">The texts, until they were looked for once more.</param>
public sealed record ErasureSearched(
    int Texts, int Tables, int Columns, DateTimeOffset SearchedAt, Sealed<LookedFor>? LookedFor = null);

/// <summary>Data in clear, or sealed data that the erasure had not reckoned with, was found. An incident.</summary>
/// <param name="ErasureId">The erasure.</param>
/// <param name="AccountId">Whose data.</param>
/// <param name="Places">Where. Never what.</param>
/// <param name="RetryAt">When it is tried again.</param>
/// <param name="StoppedAt">When.</param>
public sealed record ErasureStopped(
    Guid ErasureId,
    Guid AccountId,
    IReadOnlyList<FoundPlace> Places,
    DateTimeOffset RetryAt,
    DateTimeOffset StoppedAt);

/// <summary>What was found in one place is not the person's, somebody decided: it is searched again.</summary>
/// <param name="Place">Where, and on what ground.</param>
/// <param name="AcceptedAt">When that was heard of.</param>
public sealed record ErasurePlaceAccepted(AcceptedPlace Place, DateTimeOffset AcceptedAt);

/// <summary>Keys were destroyed and rows deleted.</summary>
/// <param name="Groups">What was destroyed, by group.</param>
/// <param name="HeldBack">What is kept for now.</param>
/// <param name="Removed">What was deleted.</param>
/// <param name="DestroyedAt">When.</param>
/// <param name="Subjects">Whose keys of each group: one id's may be held while another's are destroyed. Null in what was stored
/// before this was told.</param>
public sealed record ErasureKeysDestroyed(
    IReadOnlyList<ShreddedGroup> Groups,
    IReadOnlyList<HeldBack> HeldBack,
    IReadOnlyList<RemovedRows> Removed,
    DateTimeOffset DestroyedAt,
    IReadOnlyList<ShreddedSubjects>? Subjects = null);

/// <summary>Whose keys of one group were destroyed.</summary>
/// <param name="Group">Such as <c>identity</c>.</param>
/// <param name="Ids">Opaque ids.</param>
public sealed record ShreddedSubjects(string Group, IReadOnlyList<Guid> Ids);

/// <summary>The same texts were looked for once more, after the keys were gone, and none was found. Now they go too.</summary>
/// <param name="Searched">Whether they could be had. If not, the proof rests on the search before.</param>
/// <param name="SearchedAt">When.</param>
public sealed record ErasureSearchedAgain(bool Searched, DateTimeOffset SearchedAt);

/// <summary>A legal hold has ended: what it kept is searched for once more, and destroyed at once.</summary>
/// <param name="EndedAt">When that was noticed.</param>
public sealed record ErasureHoldEnded(DateTimeOffset EndedAt);

/// <summary>What is held back is held back still, and copies of destroyed keys can still be read: nothing to tell.</summary>
/// <param name="LookAgainAt">When something may have changed.</param>
/// <param name="LookedAt">When.</param>
public sealed record ErasureUnchanged(DateTimeOffset LookAgainAt, DateTimeOffset LookedAt);

/// <summary>The keys of one group, destroyed.</summary>
/// <param name="Group">Such as <c>identity</c>.</param>
/// <param name="Keys">How many there were.</param>
/// <param name="Versions">Their versions.</param>
/// <param name="ShreddedAt">When the last of them was destroyed.</param>
public sealed record ShreddedGroup(string Group, int Keys, IReadOnlyList<int> Versions, DateTimeOffset ShreddedAt);

/// <summary>What the store still holds of the person is unreadable: each envelope was found and its key is gone, or is
/// held back.</summary>
/// <param name="ErasureId">The erasure.</param>
/// <param name="AccountId">Whose data.</param>
/// <param name="Groups">What was destroyed.</param>
/// <param name="HeldBack">What is kept for now.</param>
/// <param name="Removed">What was deleted.</param>
/// <param name="Search">The independent search.</param>
/// <param name="ShreddedAt">When it was proven.</param>
/// <param name="UnreadableInCopies">Whether no copy of the key store, such as a backup, opens what was destroyed.</param>
/// <param name="UnreadableInCopiesFrom">Since when; or from when on at the latest; null if only the operator's hand ends
/// it.</param>
/// <param name="Accepted">Where something was found in clear that is not the person's; null if nowhere.</param>
public sealed record PersonalDataShredded(
    Guid ErasureId,
    Guid AccountId,
    IReadOnlyList<ShreddedGroup> Groups,
    IReadOnlyList<HeldBack> HeldBack,
    IReadOnlyList<RemovedRows> Removed,
    SearchResult Search,
    DateTimeOffset ShreddedAt,
    bool UnreadableInCopies = false,
    DateTimeOffset? UnreadableInCopiesFrom = null,
    IReadOnlyList<AcceptedPlace>? Accepted = null);

/// <summary>What the independent search found.</summary>
/// <param name="Tables">Tables that were read.</param>
/// <param name="Columns">Columns that were read.</param>
/// <param name="Texts">Texts that were looked for.</param>
/// <param name="Plaintext">Rows that hold one of them in clear, beside the places that were accepted: none, or there would be no
/// such result.</param>
/// <param name="Unreadable">Rows that hold an envelope whose key is gone.</param>
/// <param name="Readable">Rows that hold an envelope that is held back.</param>
/// <param name="SearchedAgain">Whether the texts were looked for after the keys were gone, too.</param>
public sealed record SearchResult(
    int Tables, int Columns, int Texts, long Plaintext, long Unreadable, long Readable, bool SearchedAgain);

[JsonSerializable(typeof(ErasureReceived))]
[JsonSerializable(typeof(ErasureBegun))]
[JsonSerializable(typeof(ErasureSearchPaused))]
[JsonSerializable(typeof(ErasureSearched))]
[JsonSerializable(typeof(ErasureStopped))]
[JsonSerializable(typeof(ErasureKeysDestroyed))]
[JsonSerializable(typeof(ErasureSearchedAgain))]
[JsonSerializable(typeof(ErasureHoldEnded))]
[JsonSerializable(typeof(ErasureUnchanged))]
[JsonSerializable(typeof(ErasurePlaceAccepted))]
[JsonSerializable(typeof(PersonalDataShredded))]
internal sealed partial class ErasureJson : JsonSerializerContext;
