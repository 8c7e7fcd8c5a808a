using System.Collections.Immutable;
using EPerfect.Privacy.Requests.Erasure.Recipients;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Privacy.Requests.Erasure;

/// <param name="Store">The service.</param>
/// <param name="Places">Where it found what must not be there: tables, columns, and paths in JSON.</param>
/// <param name="RetryAt">When it looks again.</param>
internal sealed record StoppedView(string Store, IReadOnlyList<FoundAt> Places, DateTimeOffset RetryAt);

/// <param name="ErasureId">The erasure.</param>
/// <param name="State">under-way, stopped or certified.</param>
/// <param name="Answered">The services that have erased.</param>
/// <param name="Stopped">Those that found what must not be there.</param>
/// <param name="Accepted">Places where something may stay.</param>
/// <param name="HeldBack">What is kept, on what ground, until when.</param>
/// <param name="Recipients">The partners that were given something, and what they said.</param>
/// <param name="Fault">Why what was answered is not certified, although all have; null if nothing is wrong with it.</param>
internal sealed record ErasureView(
    Guid ErasureId,
    string State,
    IReadOnlyList<string> Answered,
    IReadOnlyList<StoppedView> Stopped,
    IReadOnlyList<FoundPlaceAccepted> Accepted,
    IReadOnlyList<HeldBackView> HeldBack,
    IReadOnlyList<RecipientView> Recipients,
    string? Fault);

/// <param name="Store">The service.</param>
/// <param name="Group">What it keeps for now.</param>
/// <param name="Ground">Because of what: a rule, or a legal hold's reference.</param>
/// <param name="Until">Until when; null if that is not known.</param>
internal sealed record HeldBackView(string Store, string Group, string Ground, DateTimeOffset? Until);

/// <param name="PartnerId">A partner that was given something of the person.</param>
/// <param name="Company">Its name.</param>
/// <param name="AnswerBy">Until when it has to say that it has deleted it.</param>
/// <param name="AnsweredAt">When it said so.</param>
/// <param name="How">How it said so.</param>
/// <param name="OverdueAt">When it was given nothing more, because it had not.</param>
/// <param name="StoppedSince">Since when nothing had been delivered to it; null if it could have come for the event.</param>
internal sealed record RecipientView(
    Guid PartnerId,
    string Company,
    DateTimeOffset AnswerBy,
    DateTimeOffset? AnsweredAt,
    string? How,
    DateTimeOffset? OverdueAt,
    DateTimeOffset? StoppedSince);

/// <summary>
/// The certificate, for whoever has its number: who was erased cannot sign in any more. It names nobody. The privacy
/// officer sees how far an erasure is, and what stands in its way.
/// </summary>
internal static class ReadCertificate
{
    private const string Jose = "application/jose";

    private static readonly Refusal NotYet = new(
        409,
        "certificate-not-yet",
        "Not every service has proven that it holds nothing any more, or a partner that was given something has not answered.");

    private static async Task<IResult> Newest(
        Guid erasureId, Reader reader, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await reader.LatestAsync<ErasureOfPerson>(erasureId, cancellationToken) is not { } erasure)
            return Problems.From(Refusals.NotFound("certificate"));
        response.Headers.CacheControl = "no-cache";
        return erasure.Certificates is [.., var newest] ? Results.Text(newest.Jws, Jose) : Problems.From(NotYet);
    }

    private static async Task<IResult> Progress(
        Guid erasureId, IDocumentSession session, TimeProvider time, CancellationToken cancellationToken) =>
        await session.Events.FetchLatest<ErasureOfPerson>(erasureId, cancellationToken) is { } erasure
            ? Results.Ok(new ErasureView(
                erasureId,
                erasure.Certificates.IsEmpty ? erasure.Stopped.IsEmpty ? "under-way" : "stopped" : "certified",
                [.. erasure.Proofs.Keys],
                [.. erasure.Stopped.Values.Select(one => new StoppedView(one.Store, one.Places, one.RetryAt))],
                erasure.Accepted,
                [
                    .. erasure.Proofs.Values.SelectMany(proof => proof.HeldBack.Select(
                        held => new HeldBackView(proof.Store, held.Group, held.Ground, held.Until))),
                ],
                [.. erasure.Told?.Recipients.Select(one => ViewOf(one, erasure)) ?? []],
                erasure.IsProven
                    ? Certificate.Of(erasure, ImmutableDictionary<Guid, DateTimeOffset>.Empty, time.GetUtcNow()).Fault()
                    : null))
            : Problems.From(Refusals.NotFound("erasure"));

    private static RecipientView ViewOf(ErasureRecipient one, ErasureOfPerson erasure)
    {
        var answer = erasure.Answered.GetValueOrDefault(one.PartnerId);
        var overdue = erasure.Overdue.GetValueOrDefault(one.PartnerId);
        return new(
            one.PartnerId,
            one.Company,
            erasure.Told!.AnswerBy,
            answer?.AnsweredAt,
            answer?.How,
            overdue?.OverdueAt,
            overdue?.StoppedSince);
    }

    public static void Map(RouteGroupBuilder privacy)
    {
        privacy.MapGet("/certificates/{erasureId:guid}", Newest)
            .WithName("ReadCertificate")
            .Allow(Access.Anyone)
            .WithSummary("The newest certificate of an erasure: a signed JWS that names nobody.")
            .Produces<string>(StatusCodes.Status200OK, Jose)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        privacy.MapGet("/erasures/{erasureId:guid}", Progress)
            .WithName("ReadErasure")
            .Allow(Access.Of(StaffRole.PrivacyOfficer))
            .WithSummary("How far an erasure is, and what stands in its way.")
            .Produces<ErasureView>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }
}
