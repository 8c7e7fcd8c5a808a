using System.Collections.Immutable;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Rectification;

/// <summary>All that was ever corrected of a person, and who was told by hand. The feed's own tellings stand in the
/// accounting.</summary>
internal sealed record Rectifications : IOwned
{
    public Guid Id { get; init; }

    Guid? IOwned.AccountId => All.FirstOrDefault()?.AccountId;

    public ImmutableList<DataRectified> All { get; init; } = [];

    public ImmutableList<RecipientTold> Told { get; init; } = [];

    /// <summary>Those whose time for answers is over.</summary>
    public ImmutableHashSet<Guid> Settled { get; init; } = [];

    /// <summary>Which partner was silent to which.</summary>
    public ImmutableHashSet<(Guid RectificationId, Guid PartnerId)> Silent { get; init; } = [];

    public static Guid StreamOf(Guid accountId) => DeterministicId.From(accountId, "rectifications");

    public DataRectified? Find(Guid rectificationId) => All.Find(one => one.RectificationId == rectificationId);

    public RecipientTold? FindTold(Guid rectificationId, Guid partnerId) =>
        Told.Find(one => one.RectificationId == rectificationId && one.PartnerId == partnerId);

    public Rectifications Apply(DataRectified e) => this with { All = All.Add(e) };

    public Rectifications Apply(RecipientTold e) => this with { Told = Told.Add(e) };

    public Rectifications Apply(RectificationSettled e) => this with
    {
        Settled = e.RestBy is null ? Settled.Add(e.RectificationId) : Settled,
        Silent = Silent.Union(e.Silent.Select(partnerId => (e.RectificationId, partnerId))),
    };
}
