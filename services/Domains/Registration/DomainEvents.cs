using System.Text.Json.Serialization;
using EPerfect.PersonalData;

namespace EPerfect.Domains.Registration;

/// <summary>What an order's line asks for.</summary>
internal sealed record RegistrationRequest(
    Guid OrderId,
    Guid ItemId,
    Guid AccountId,
    [InClear<HeldName>] string DomainName,
    int Years,
    Guid ContactId,
    IReadOnlyList<string> Nameservers);

/// <summary>The registry is to be asked now.</summary>
internal sealed record RegistrationStarted(RegistrationRequest Request, DateTimeOffset At);

/// <summary>Another request for the name is being settled; this one has its turn if that fails.</summary>
internal sealed record RegistrationQueued(RegistrationRequest Request, DateTimeOffset At);

/// <summary>
/// The registry gave no answer. It may have registered the name: the next attempt carries the same token.
/// </summary>
internal sealed record RegistrationAttemptFailed(
    Guid ItemId, int Attempt, string Cause, DateTimeOffset RetryAt, DateTimeOffset At);

internal sealed record DomainRegistered(
    [InClear<HeldName>] string DomainName,
    string RegistryHandle,
    Guid AccountId,
    Guid OrderId,
    Guid ItemId,
    Guid ContactId,
    IReadOnlyList<string> Nameservers,
    DateTimeOffset RegisteredAt,
    DateTimeOffset ExpiresAt);

/// <summary>The request is refused for good; see <see cref="FailureReasons"/>.</summary>
internal sealed record RegistrationFailed(
    [InClear<HeldName>] string DomainName,
    Guid OrderId,
    Guid ItemId,
    string Reason,
    DateTimeOffset At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? AccountId = null);

internal sealed record NameserverChangeStarted(Guid ChangeId, IReadOnlyList<string> Nameservers, DateTimeOffset At);

internal sealed record NameserverChangeAttemptFailed(
    Guid ChangeId, int Attempt, string Cause, DateTimeOffset RetryAt, DateTimeOffset At);

internal sealed record NameserversChanged(Guid ChangeId, IReadOnlyList<string> Nameservers, DateTimeOffset At);

internal sealed record NameserverChangeRefused(Guid ChangeId, string Reason, DateTimeOffset At);
