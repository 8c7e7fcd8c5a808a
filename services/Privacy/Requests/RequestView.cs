using EPerfect.Privacy.Requests.Erasure;
using EPerfect.Privacy.Requests.Exports;
using EPerfect.Privacy.Requests.Rectification;

namespace EPerfect.Privacy.Requests;

/// <summary>A request as the person and the staff see it.</summary>
internal sealed record RequestView(
    Guid Id,
    Guid AccountId,
    RequestKind Kind,
    RequestState State,
    string Regime,
    string FiledBy,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? AcknowledgeBy,
    DateTimeOffset? AcknowledgedAt,
    string? VerifiedBy,
    DateTimeOffset? StartedAt,
    DateTimeOffset AnswerBy,
    string? ExtendedFor,
    string? RefusedAs,
    DateTimeOffset? DoneAt,
    string? Overdue,
    string? Certificate,
    IReadOnlyList<ObjectedView>? Purposes,
    string? Export,
    IReadOnlyList<RectificationView>? Rectifications)
{
    /// <summary>Where the proof of an erasure will be. Who is erased cannot come back and ask.</summary>
    public static string? CertificateOf(Request request) => request.Kind == RequestKind.Erasure
        ? $"/api/privacy/certificates/{OrderErasure.IdOf(request.Id)}"
        : null;

    /// <summary>Where it says how far an export is.</summary>
    public static string? ExportOf(Request request) => GrantExport.Is(request.Kind) && request.StartedAt is not null
        ? $"/api/privacy/people/{request.AccountId}/exports/{GrantExport.IdOf(request.Id)}"
        : null;

    public static RequestView Of(Request request, IReadOnlyList<RectificationView>? rectifications = null) => new(
        request.Id,
        request.AccountId,
        request.Kind,
        request.State,
        request.Regime,
        request.FiledBy,
        request.ReceivedAt,
        request.AcknowledgeBy,
        request.AcknowledgedAt,
        request.Verified?.Method,
        request.StartedAt,
        request.AnswerBy,
        request.Extended?.Reason,
        request.Refused?.Ground,
        request.DoneAt,
        request.Overdue,
        CertificateOf(request),
        request.Kind == RequestKind.Objection
            ? [.. request.Purposes.Select(purpose => ObjectedView.Of(request, purpose))]
            : null,
        ExportOf(request),
        rectifications);
}

/// <summary>A purpose that is objected to, and what was decided; not yet, as long as that is null.</summary>
internal sealed record ObjectedView(string Purpose, bool? Granted, string? Ground)
{
    public static ObjectedView Of(Request request, string purpose)
    {
        var weighed = request.Weighed.Find(one => one.Purpose == purpose);
        return new(purpose, weighed?.Granted, weighed?.Ground);
    }
}

/// <summary>A line of a list.</summary>
internal sealed record RequestLineView(
    Guid Id,
    Guid AccountId,
    RequestKind Kind,
    RequestState State,
    DateTimeOffset ReceivedAt,
    DateTimeOffset AnswerBy,
    string? Overdue)
{
    public static RequestLineView Of(RequestLine line) =>
        new(line.Id, line.AccountId, line.Kind, line.State, line.ReceivedAt, line.AnswerBy, line.Overdue);
}
