using EPerfect.Domains.Registration;
using EPerfect.PersonalData;
using Marten.Events.Aggregation;

namespace EPerfect.Domains.Lifecycle;

/// <summary>One line of an account's list of domains: a read model, dropped and rebuilt at will.</summary>
internal sealed record RegisteredDomain
{
    public Guid Id { get; init; }

    public Guid AccountId { get; init; }

    [InClear<HeldName>]
    public required string Name { get; init; }

    public DateTimeOffset RegisteredAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
}

internal sealed partial class RegisteredDomainProjection : SingleStreamProjection<RegisteredDomain, Guid>
{
    public static RegisteredDomain Create(DomainRegistered e) => new()
    {
        Id = Names.DomainId.Of(e.DomainName),
        AccountId = e.AccountId,
        Name = e.DomainName,
        RegisteredAt = e.RegisteredAt,
        ExpiresAt = e.ExpiresAt,
    };
}
