using EPerfect.ServiceDefaults;

namespace EPerfect.Domains.Registration.Registry;

/// <summary>
/// What we ask of a registry (EPP check, create and update, RFC 5731). A call that ends without an answer may have had
/// its effect: it is repeated with the same token, and the registry gives the answer of the first. No personal data
/// goes there: registrants stay with us, the registry knows a contact by its id.
/// </summary>
/// <remarks>
/// Throws <see cref="RegistryUnavailableException"/> or <see cref="TimeoutException"/> when there is no answer.
/// </remarks>
internal interface IRegistry
{
    Task<bool> IsTakenAsync(DomainName name, CancellationToken cancellationToken);

    /// <summary>Creates a domain; without a contact where the registry takes none (minimum data set).</summary>
    Task<RegistryAnswer> RegisterAsync(
        DomainName name,
        int years,
        Guid? contactId,
        IReadOnlyList<string> nameservers,
        Guid idempotencyToken,
        CancellationToken cancellationToken);

    Task<RegistryAnswer> UpdateNameserversAsync(
        DomainName name, IReadOnlyList<string> nameservers, Guid idempotencyToken, CancellationToken cancellationToken);
}

/// <summary>How a call to the registry ended.</summary>
internal abstract record RegistryAnswer
{
    private RegistryAnswer()
    {
    }

    /// <summary>Created, now or by an earlier call with the same token.</summary>
    public sealed record Registered(
        string Handle, DateTimeOffset RegisteredAt, DateTimeOffset ExpiresAt) : RegistryAnswer;

    public sealed record Updated : RegistryAnswer;

    /// <summary>No, and asking again will not help.</summary>
    public sealed record Refused(string Reason) : RegistryAnswer;

    /// <summary>Nobody knows: ask again with the same token.</summary>
    public sealed record NoAnswer(string Cause) : RegistryAnswer;
}

/// <summary>The registry could not be reached or is not serving.</summary>
internal sealed class RegistryUnavailableException() : Exception("The registry cannot be reached.");
