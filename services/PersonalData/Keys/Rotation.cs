namespace EPerfect.PersonalData;

/// <summary>What a run of the rotation did.</summary>
/// <param name="Epoch">The epoch that wraps new keys.</param>
/// <param name="Begun">Whether this run made it.</param>
/// <param name="Rewrapped">How many keys it wrapped anew.</param>
/// <param name="Unreadable"> How many keys could not be unwrapped and stay as they are: altered, or of another
/// provider. An incident; while there is one, its epoch is not destroyed.
/// </param>
/// <param name="Destroyed">The epochs whose keys it destroyed.</param>
public sealed record Rotation(int Epoch, bool Begun, int Rewrapped, int Unreadable, IReadOnlyList<int> Destroyed);

/// <summary>What is kept, for the operator.</summary>
/// <param name="Epochs">All epochs there ever were.</param>
/// <param name="Holds">Legal holds in force.</param>
/// <param name="PendingErasures">Erasures that wait for their end.</param>
public sealed record KeyReport(IReadOnlyList<EpochState> Epochs, long Holds, long PendingErasures);

/// <summary>One epoch of key-encryption keys.</summary>
/// <param name="Epoch">Its number.</param>
/// <param name="BegunAt">When it began to wrap keys.</param>
/// <param name="Keys">How many keys are wrapped under it.</param>
/// <param name="DestroyedAt">When its key was destroyed; null while it can unwrap.</param>
public sealed record EpochState(int Epoch, DateTimeOffset BegunAt, long Keys, DateTimeOffset? DestroyedAt);
