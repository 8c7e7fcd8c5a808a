using EPerfect.PersonalData;

namespace EPerfect.Accounts.Credentials;

/// <summary>Something that happened to a login: a sign-in, a failure, a changed password or factor.</summary>
internal sealed class ActivityEntry
{
    public required Guid Id { get; init; }

    public required Guid LoginId { get; init; }

    /// <summary>A stable word in kebab case, such as <c>signed-in</c>.</summary>
    [InClear<ActivityLog>]
    public required string Kind { get; init; }

    [InClear<ActivityLog>]
    public required DateTimeOffset At { get; init; }

    /// <summary>Failures of one hour are counted, not listed.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Sealed under the login's group Logs.</summary>
    public Sealed<ClientAddress>? Address { get; init; }

    /// <summary>The OAuth client through which it happened, if one was.</summary>
    public string? ClientId { get; init; }
}
