using EPerfect.Privacy.People;
using EPerfect.Privacy.Requests.Exports;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests;

/// <summary>The person wants it no more: a restriction is lifted, an objection ends, what has not begun is not begun. Who
/// ends a protection proves to be the person, as who asks for one.</summary>
internal static class WithdrawRequest
{
    internal static Decision Decide(Request request, Filer filer, DateTimeOffset now)
    {
        if (request.WithdrawnAt is not null) return Decision.Nothing;
        if (request.Refused is not null) return RequestRefusals.Over;
        var undone = request.Kind is RequestKind.Restriction or RequestKind.Objection;
        if (!undone && (request.DoneAt is not null || (request.Kind == RequestKind.Erasure && request.StartedAt is not null)))
            return RequestRefusals.NotWithdrawable;
        return filer.Proof is null && request.StartedAt is not null
            ? RequestRefusals.NotVerified
            : Decision.Of(new RequestWithdrawn(now));
    }

    private static Task<IResult> Handle(
        Guid accountId, Guid requestId, Commands commands, Caller caller, TimeProvider time, CancellationToken ct) =>
        commands.ChangeAsync<Request>(
            requestId,
            async (request, work, ct) =>
            {
                if (request.Of(accountId) is { } foreign) return foreign;
                var now = time.GetUtcNow();
                var decided = Decide(request, Filer.Of(caller, accountId, hasMandate: false, now), now);
                if (decided.Events.Count > 0 && request.StartedAt is not null) await UndoAsync(work, request, now, ct);
                return decided;
            },
            ct);

    private static Task UndoAsync(UnitOfWork work, Request request, DateTimeOffset now, CancellationToken ct) =>
        request.Kind switch
        {
            RequestKind.Restriction => work.ChangeAsync<Person>(
                request.AccountId, person => Restricting.Release(person, now), ct),
            RequestKind.Objection => EndObjectionAsync(work, request, now, ct),
            _ => CallOffExport.OfAsync(work, request, now, ct),
        };

    private static async Task EndObjectionAsync(UnitOfWork work, Request request, DateTimeOffset now, CancellationToken ct)
    {
        var ending = new List<string>();
        foreach (var purpose in request.Purposes)
            if (!await Objections.StandsElsewhereAsync(work, request, purpose, ct)) ending.Add(purpose);
        await work.ChangeAsync<Person>(
            request.AccountId,
            person => Decision.Of([.. ending.SelectMany(purpose => Objecting.Withdraw(person, purpose, now).Events)]),
            ct);
    }

    public static void Map(RouteGroupBuilder requests) => requests.MapPost("/{requestId:guid}/withdrawal", Handle)
        .WithName("WithdrawRequest")
        .Allow(Access.Of(MemberRole.Owner))
        .WithSummary("Takes a request back: a restriction is lifted, an objection ends.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status428PreconditionRequired);
}
