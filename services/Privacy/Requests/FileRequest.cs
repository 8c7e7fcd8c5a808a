using EPerfect.PersonalData;
using EPerfect.Privacy.Documents;
using EPerfect.Privacy.People;
using EPerfect.Privacy.Requests.Clocks;
using EPerfect.Privacy.Requests.Erasure;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests;

/// <param name="Kind">What is asked for.</param>
/// <param name="Regime">Under which law: gdpr, uk, ccpa, lgpd or korea.</param>
/// <param name="Mandate">For staff: by what right an agent asks for the person.</param>
/// <param name="ReceivedAt">For staff: when the letter came.</param>
/// <param name="Purposes">For an objection: what it is directed against.</param>
internal sealed record FileRequestRequest(
    RequestKind Kind,
    string Regime = "gdpr",
    string? Mandate = null,
    DateTimeOffset? ReceivedAt = null,
    IReadOnlyList<string>? Purposes = null);

internal sealed record FiledView(Guid Id, RequestState State, DateTimeOffset AnswerBy, string? Certificate, string? Export);

/// <summary>
/// Takes a request. Filed by somebody who is signed in, the answer is the acknowledgement; filed by the owner who signed
/// in a moment ago, it is verified, and begins.
/// </summary>
internal static class FileRequest
{
    internal static Refusal? Check(FileRequestRequest request, Clock? clock, Filer filer, DateTimeOffset now) =>
        clock is null ? RequestRefusals.UnknownRegime
        : request.Mandate is { } mandate && !(filer.IsOurs && new Mandate(mandate).IsWellFormed())
            ? RequestRefusals.MandateNotYours
        : request.ReceivedAt is { } at && !(filer.IsOurs && at <= now) ? RequestRefusals.ReceivedInFuture
        : null;

    internal static Decision Decide(RequestFiled filed, Filer filer)
    {
        var now = filed.FiledAt;
        List<object> events = [filed];
        if (!filer.IsOurs) events.Add(new RequestAcknowledged(now));
        if (filer.Proof is { } method)
            events.AddRange([new IdentityVerified(method, now, LoginId: filer.LoginId), new RequestStarted(now)]);
        return Decision.Of(events);
    }

    private static Task<IResult> Handle(
        Guid accountId,
        FileRequestRequest request,
        Commands commands,
        Caller caller,
        ShippedClocks clocks,
        Vault vault,
        TimeProvider time,
        CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var filer = Filer.Of(caller, accountId, request.Mandate is not null, now);
        var clock = clocks.Find(request.Regime);
        return commands.CreateAsync<Request>(id, accountId, async (work, ct) =>
        {
            var person = await work.Session.Events.FetchLatest<Person>(accountId, ct);
            if (OwnStreams.Owns(accountId) || (filer.IsOurs && Person.IsNobody(person))) return Refusals.NotFound("account");
            if (ErasureRefusals.WhyNot(person) is { } gone) return gone;
            if (Check(request, clock, filer, now) is { } refusal) return refusal;
            var policy = await work.Session.Events.FetchLatest<Document>(
                DocumentKind.StreamOf(DocumentKind.PrivacyPolicy), ct);
            if (Objections.WhyNot(request.Kind, request.Purposes, policy) is { } objected) return objected;

            var received = (request.ReceivedAt ?? now).ToUniversalTime();
            var mandate = request.Mandate is { } text ? await vault.SealAsync(accountId, new Mandate(text), ct) : null;
            var filed = new RequestFiled(
                id, accountId, request.Kind, request.Regime, filer.Role, received,
                clock!.AcknowledgeBy(received), clock.AnswerBy(request.Kind, received), now, mandate,
                request.Purposes?.Distinct(StringComparer.Ordinal).ToArray());
            return await Effects.BeginAsync(work, Request.Create(filed), Decide(filed, filer), now, ct);
        }, Answer, lane: accountId, cancellationToken: ct);
    }

    private static FiledView Answer(IReadOnlyList<object> events)
    {
        var filed = (RequestFiled)events[0];
        var request = events.Skip(1).Aggregate(Request.Create(filed), (state, e) => state.With(e));
        return new FiledView(
            filed.RequestId,
            request.State,
            filed.AnswerBy,
            RequestView.CertificateOf(request),
            RequestView.ExportOf(request));
    }

    public static void Map(RouteGroupBuilder requests) => requests.MapPost("", Handle)
        .WithName("FileRequest")
        .Allow(Access.Of(
            MemberRole.Owner | MemberRole.Billing | MemberRole.Technical, StaffRole.PrivacyOfficer | StaffRole.Support))
        .WithSummary("Files a request about a person's data.")
        .Produces<FiledView>(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status410Gone)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status423Locked);
}
