using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Exports;

/// <param name="Service">Who.</param>
/// <param name="AnsweredAt">When all of its part had come; null if it has not.</param>
internal sealed record ServiceAnswerView(string Service, DateTimeOffset? AnsweredAt);

/// <param name="ExportId">The export.</param>
/// <param name="RequestId">The request that it carries out.</param>
/// <param name="Kind">access or portability.</param>
/// <param name="State">under-way, ready or ended.</param>
/// <param name="Services">Who has answered.</param>
/// <param name="GrantedAt">Since when.</param>
/// <param name="ReadyAt">Since when it can be fetched.</param>
/// <param name="EndsAt">Until when.</param>
/// <param name="Downloads">How often it was.</param>
/// <param name="Archive">Where.</param>
internal sealed record ExportView(
    Guid ExportId,
    Guid RequestId,
    string Kind,
    string State,
    IReadOnlyList<ServiceAnswerView> Services,
    DateTimeOffset GrantedAt,
    DateTimeOffset? ReadyAt,
    DateTimeOffset? EndsAt,
    int Downloads,
    string? Archive)
{
    public static ExportView Of(Export export, DateTimeOffset now) => new(
        export.Id,
        export.Granted.RequestId,
        export.Granted.Kind,
        export.StateAt(now),
        [.. Export.Services.Select(service => new ServiceAnswerView(
            service, export.Parts.GetValueOrDefault(service) is { IsWhole: true } part ? part.AnsweredAt : null))],
        export.Granted.GrantedAt,
        export.Ready?.ReadyAt,
        export.Ready?.EndsAt,
        export.Downloads,
        export.StateAt(now) == "ready" ? $"/api/privacy/people/{export.Granted.AccountId}/exports/{export.Id}/archive" : null);
}

/// <summary>How far an export is.</summary>
internal static class ReadExport
{
    private static Task<IResult> Handle(
        Guid accountId, Guid exportId, Reader reader, TimeProvider time, CancellationToken ct) =>
        reader.OneAsync<Export>(
            exportId,
            (export, _) => Task.FromResult(export.Granted.AccountId == accountId
                ? Results.Ok(ExportView.Of(export, time.GetUtcNow()))
                : Problems.From(Refusals.NotFound("export"))),
            ct);

    public static void Map(RouteGroupBuilder exports) => exports.MapGet("/{exportId:guid}", Handle)
        .WithName("ReadExport")
        .Allow(Access.Of(MemberRole.Owner, StaffRole.PrivacyOfficer | StaffRole.Support))
        .WithSummary("How far an export is: which services have answered, until when it can be fetched.")
        .Produces<ExportView>()
        .ProducesProblem(StatusCodes.Status404NotFound);
}
