namespace EPerfect.PersonalData;

/// <summary>
/// Something was to be sealed for a subject whose key of that group was destroyed. No new key is ever made.
/// </summary>
/// <param name="subject">The erased subject.</param>
/// <param name="group">The erased group.</param>
public sealed class SubjectErasedException(Guid subject, DataGroup group)
    : Exception($"The {group} data of subject {subject} was erased; nothing more is sealed for it.")
{
    /// <summary>The erased subject.</summary>
    public Guid Subject { get; } = subject;

    /// <summary>The erased group.</summary>
    public DataGroup Group { get; } = group;
}

/// <summary>The key store does not answer. Says nothing about the data: try again later (503).</summary>
/// <param name="inner">What the store, or the way to it, reported.</param>
public sealed class VaultUnavailableException(Exception inner)
    : Exception("The key store does not answer.", inner);

/// <summary>
/// A sealed value or a stored key is not what was written: altered, moved to another subject, group, kind or service,
/// or its key never existed. An incident for the operator, never to be shown as erased.
/// </summary>
/// <param name="message">What does not fit. Holds no personal data.</param>
/// <param name="inner">The cause, if there is one.</param>
public sealed class TamperSuspectedException(string message, Exception? inner = null) : Exception(message, inner);
