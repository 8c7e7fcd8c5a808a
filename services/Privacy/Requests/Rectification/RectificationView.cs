using EPerfect.Privacy.Partners.Feed;

namespace EPerfect.Privacy.Requests.Rectification;

/// <summary>A correction as staff sees it: who was given the old value, and who of them was told.</summary>
internal sealed record RectificationView(
    Guid Id,
    string Service,
    IReadOnlyList<string> Fields,
    DateTimeOffset RectifiedAt,
    IReadOnlyList<Recipient> Recipients)
{
    public bool IsTold => Recipients.All(one => one.State != TellingState.ToBeTold);

    /// <summary>The corrections since the request came.</summary>
    public static IReadOnlyList<RectificationView> Of(
        Request request, Rectifications? rectifications, IReadOnlyList<PartnerTelling> tellings) =>
        [.. Of(rectifications, tellings).Where(one => one.RectifiedAt >= request.ReceivedAt)];

    /// <summary>All that was ever corrected of the person, whether or not it was asked for.</summary>
    public static IReadOnlyList<RectificationView> Of(
        Rectifications? rectifications, IReadOnlyList<PartnerTelling> tellings) =>
    [
        .. from rectified in rectifications?.All ?? []
           let entry = RecordRectification.EntryOf(rectified).EntryId
           let partners = tellings.Where(one => one.EntryId == entry).Select(one => Recipient.Of(
               one, rectifications!.FindTold(rectified.RectificationId, one.PartnerId)))
           select new RectificationView(
               rectified.RectificationId,
               rectified.Service,
               rectified.Fields,
               rectified.RectifiedAt,
               [.. partners, .. Recipient.WithoutAny(rectified.Service)]),
    ];
}
