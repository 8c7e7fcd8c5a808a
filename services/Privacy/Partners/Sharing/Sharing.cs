using System.Collections.Immutable;
using EPerfect.ServiceDefaults;
using JasperFx.Events;

namespace EPerfect.Privacy.Partners.Sharing;

/// <summary>What was asked for and received of one person for one partner.</summary>
internal sealed record Sharing
{
    public Guid Id { get; init; }

    /// <summary>The questions, and their place here: a later one asks for what is newer.</summary>
    public ImmutableDictionary<Guid, (long Place, string KeyId)> Asked { get; init; } =
        ImmutableDictionary<Guid, (long Place, string KeyId)>.Empty;

    /// <summary>The newest question that each service has answered.</summary>
    public ImmutableDictionary<string, long> Received { get; init; } = ImmutableDictionary<string, long>.Empty;

    public static Guid StreamOf(Guid partner, Guid account) => DeterministicId.From(partner, $"sharing {account:D}");

    public Sharing Apply(IEvent<PartnerDataAsked> e) =>
        this with { Asked = Asked.SetItem(e.Data.AskId, (e.Version, e.Data.Key.Kid)) };

    public Sharing Apply(PartnerDataReceived e) =>
        this with { Received = Received.SetItem(e.Service, Asked[e.AskId].Place) };

    /// <summary>An answer that comes late, after one that is newer, is nothing: the partner would take it for
    /// the truth.</summary>
    public static Decision Receive(Sharing? known, PartnerDataReceived received, string? keyId) =>
        known?.Asked.TryGetValue(received.AskId, out var asked) == true
            && asked.KeyId == keyId
            && known.Received.GetValueOrDefault(received.Service) < asked.Place
                ? Decision.Of(received)
                : Decision.Nothing;
}
