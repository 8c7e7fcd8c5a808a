using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>What may be opened now: what was put on record, and what is the caller's own.</summary>
public sealed class Opening
{
    private readonly Vault vault;
    private readonly IReadOnlySet<ISealed> announced;

    internal Opening(Vault vault, IReadOnlySet<ISealed> announced) => (this.vault, this.announced) = (vault, announced);

    /// <summary>Opens a value that was announced.</summary>
    /// <typeparam name="T">The personal data inside.</typeparam>
    /// <param name="value">The sealed value.</param>
    /// <param name="cancellationToken">The client went away.</param>
    public Task<Opened<T>> OpenAsync<T>(Sealed<T> value, CancellationToken cancellationToken)
        where T : IPersonalData => announced.Contains(value)
            ? vault.OpenAsync(value, cancellationToken)
            : throw new InvalidOperationException("This value was not announced: it would be opened without a record.");
}
