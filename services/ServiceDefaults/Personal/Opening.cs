using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>What may be opened now: what was put on record, and what is the caller's own.</summary>
public sealed class Opening
{
    private readonly Vault vault;
    private readonly IReadOnlyDictionary<ISealed, RestrictionException?> announced;

    /// <param name="vault">Has the keys.</param>
    /// <param name="announced">What may be opened, and on which ground also while processing is restricted.</param>
    internal Opening(Vault vault, IReadOnlyDictionary<ISealed, RestrictionException?> announced) =>
        (this.vault, this.announced) = (vault, announced);

    /// <summary>Opens a value that was announced.</summary>
    /// <typeparam name="T">The personal data inside.</typeparam>
    /// <param name="value">The sealed value.</param>
    /// <param name="cancellationToken">The client went away.</param>
    public Task<Opened<T>> OpenAsync<T>(Sealed<T> value, CancellationToken cancellationToken)
        where T : IPersonalData => announced.TryGetValue(value, out var exception)
            ? vault.OpenAsync(value, exception, cancellationToken)
            : throw new InvalidOperationException("This value was not announced: it would be opened without a record.");
}
