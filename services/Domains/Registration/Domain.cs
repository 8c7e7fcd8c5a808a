using System.Collections.Immutable;
using EPerfect.Domains.Names;
using EPerfect.ServiceDefaults;

namespace EPerfect.Domains.Registration;

/// <summary>
/// One name, from the first request for it. At most one request is with the registry; others wait their turn.
/// </summary>
internal sealed record Domain : IOwned
{
    public Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Who holds it; while nobody does, who is about to.</summary>
    Guid? IOwned.AccountId => Registration?.AccountId ?? Pending?.AccountId;

    /// <summary>Set while the name is registered through us.</summary>
    public Registered? Registration { get; init; }

    /// <summary>The request that is with the registry.</summary>
    public RegistrationRequest? Pending { get; init; }

    public ImmutableList<RegistrationRequest> Waiting { get; init; } = [];

    /// <summary>The order lines that have their answer.</summary>
    public ImmutableHashSet<Guid> Settled { get; init; } = [];

    /// <summary>The nameserver change that is with the registry.</summary>
    public NameserverChange? Change { get; init; }

    /// <summary>How often the registry gave no answer to what is pending.</summary>
    public int Attempts { get; init; }

    public bool Knows(Guid itemId) =>
        Settled.Contains(itemId) || Pending?.ItemId == itemId || Waiting.Exists(waiting => waiting.ItemId == itemId);

    public static Domain Create(RegistrationStarted e) => New(e.Request.DomainName).Apply(e);

    public static Domain Create(RegistrationFailed e) => New(e.DomainName).Apply(e);

    public Domain Apply(RegistrationStarted e) => this with
    {
        Pending = e.Request,
        Waiting = Waiting.RemoveAll(waiting => waiting.ItemId == e.Request.ItemId),
        Attempts = 0,
    };

    public Domain Apply(RegistrationQueued e) => this with { Waiting = Waiting.Add(e.Request) };

    public Domain Apply(RegistrationAttemptFailed e) => this with { Attempts = e.Attempt };

    public Domain Apply(DomainRegistered e) => Settle(e.ItemId) with
    {
        Registration = new Registered(
            e.RegistryHandle, e.AccountId, e.ContactId, e.Nameservers, e.RegisteredAt, e.ExpiresAt, e.RegisteredAt),
    };

    public Domain Apply(RegistrationFailed e) => Settle(e.ItemId);

    public Domain Apply(NameserverChangeStarted e) => this with
    {
        Change = new NameserverChange(e.ChangeId, e.Nameservers),
        Attempts = 0,
    };

    public Domain Apply(NameserverChangeAttemptFailed e) => this with { Attempts = e.Attempt };

    public Domain Apply(NameserversChanged e) => this with
    {
        Registration = Registration! with { Nameservers = e.Nameservers, ChangedAt = e.At },
        Change = null,
    };

    public Domain Apply(NameserverChangeRefused e) => this with { Change = null };

    private static Domain New(string name) => new() { Id = DomainId.Of(name), Name = name };

    private Domain Settle(Guid itemId) => this with
    {
        Pending = Pending?.ItemId == itemId ? null : Pending,
        Waiting = Waiting.RemoveAll(waiting => waiting.ItemId == itemId),
        Settled = Settled.Add(itemId),
    };
}

/// <summary>What the registry holds for us.</summary>
internal sealed record Registered(
    string Handle,
    Guid AccountId,
    Guid ContactId,
    IReadOnlyList<string> Nameservers,
    DateTimeOffset RegisteredAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset ChangedAt);

internal sealed record NameserverChange(Guid Id, IReadOnlyList<string> Nameservers);
