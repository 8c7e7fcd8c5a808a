using System.Text;
using System.Text.Json;
using EPerfect.PersonalData;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Writes on behalf of a request. A repeat under the same Idempotency-Key gets the same answer and changes nothing; a
/// stale If-Match is refused; what changed carries its version as ETag.
/// </summary>
public sealed class Commands(
    Writer writer, BlindIndex index, Caller caller, IHttpContextAccessor accessor, IOptions<JsonOptions> json)
{
    private HttpContext Http => accessor.HttpContext!;

    /// <summary>Creates a resource. 201 with Location and ETag.</summary>
    /// <typeparam name="T">The aggregate.</typeparam>
    /// <param name="id">The new stream.</param>
    /// <param name="accountId">The account that it will belong to; null if it is the account that is opened.</param>
    /// <param name="decide">What happens; may run more than once.</param>
    /// <param name="body">The answer's body, made of the events that were appended. No personal data: it is kept for a
    /// repeat.</param>
    /// <param name="lane">Another stream that it depends on and changes; null if it stands alone.</param>
    /// <param name="cancellationToken">The client went away.</param>
    public Task<IResult> CreateAsync<T>(
        Guid id,
        Guid? accountId,
        Func<UnitOfWork, CancellationToken, Task<Decision>> decide,
        Func<IReadOnlyList<object>, object>? body = null,
        Guid? lane = null,
        CancellationToken cancellationToken = default)
        where T : class, IOwned
    {
        if (accountId is not null && caller.WhyNot(accountId, "account") is { } foreign)
            return Task.FromResult(Problems.From(foreign));
        // Read here: the unit runs on the writer's thread.
        var location = $"{Http.Request.Path.Value!.TrimEnd('/')}/{id}";
        return WriteAsync(
            lane,
            async (work, token) =>
            {
                var decision = await decide(work, token);
                if (decision.Refusal is { } refusal) return Answer.Refused(refusal);
                work.Start<T>(id, decision.Events);
                var content = body is null ? new { id } : body(decision.Events);
                return new Answer(
                    201, location, ETags.Of(work.Version), JsonSerializer.Serialize(content, json.Value.SerializerOptions));
            },
            ahead: null,
            cancellationToken);
    }

    /// <summary>Changes a resource. 204 with the new ETag; 404 if there is none; 412 if If-Match is stale.</summary>
    /// <typeparam name="T">The aggregate.</typeparam>
    /// <param name="id">The stream.</param>
    /// <param name="decide">Given the state, what happens; may run more than once.</param>
    /// <param name="cancellationToken">The client went away.</param>
    public Task<IResult> ChangeAsync<T>(Guid id, Func<T, Decision> decide, CancellationToken cancellationToken)
        where T : class, IOwned => ChangeAsync<T>(id, (state, _, _) => Task.FromResult(decide(state)), cancellationToken);

    /// <inheritdoc cref="ChangeAsync{T}(Guid,Func{T,Decision},CancellationToken)"/>
    public Task<IResult> ChangeAsync<T>(
        Guid id, Func<T, UnitOfWork, CancellationToken, Task<Decision>> decide, CancellationToken cancellationToken)
        where T : class, IOwned => ChangeAsync(
            id,
            (UnitOfWork work, T? state, CancellationToken token) => caller.WhyNot(state) is { } refusal
                ? Task.FromResult<Decision>(refusal)
                : decide(state!, work, token),
            cancellationToken);

    /// <summary>Changes a resource, or begins it: like <c>ChangeAsync</c>, for streams that need not exist
    /// yet.</summary>
    /// <typeparam name="T">The aggregate.</typeparam>
    /// <param name="id">The stream.</param>
    /// <param name="decide">Given the state (null: no such stream), what happens; may run more than once.</param>
    /// <param name="cancellationToken">The client went away.</param>
    public Task<IResult> ChangeOrStartAsync<T>(
        Guid id, Func<T?, Decision> decide, CancellationToken cancellationToken)
        where T : class, IOwned => ChangeAsync<T>(id, (_, state, _) => Task.FromResult(decide(state)), cancellationToken);

    /// <inheritdoc cref="ChangeOrStartAsync{T}(Guid,Func{T,Decision},CancellationToken)"/>
    public Task<IResult> ChangeOrStartAsync<T>(
        Guid id, Func<T?, UnitOfWork, CancellationToken, Task<Decision>> decide, CancellationToken cancellationToken)
        where T : class, IOwned => ChangeAsync<T>(
            id, (work, state, token) => decide(state, work, token), cancellationToken);

    private Task<IResult> ChangeAsync<T>(
        Guid id, Func<UnitOfWork, T?, CancellationToken, Task<Decision>> decide, CancellationToken cancellationToken)
        where T : class, IOwned
    {
        var expected = Http.Request.Headers.IfMatch.ToString();
        return WriteAsync(
            id,
            async (work, token) =>
            {
                var decision = await work.ChangeAsync<T>(
                    id,
                    (state, inner) => state is null || ETags.Match(expected, work.Version)
                        ? decide(work, state, inner)
                        : Task.FromResult<Decision>(Refusals.StaleVersion),
                    token);
                return decision.Refusal is { } refusal
                    ? Answer.Refused(refusal)
                    : new Answer(204, ETag: ETags.Of(work.Version));
            },
            StreamAhead.Of<T>(id),
            cancellationToken);
    }

    private async Task<IResult> WriteAsync(
        Guid? lane,
        Func<UnitOfWork, CancellationToken, Task<Answer>> work,
        StreamAhead? ahead,
        CancellationToken cancellationToken)
    {
        var request = Http.Request;
        var key = request.Headers[RequestGuard.KeyHeader].ToString();
        // The caller is part of it: another's answer is nobody's business. Keyed, for a client may make its key of an
        // address, and so is what a person typed, below: neither must be found by trying likely values against a plain
        // hash.
        var receipt = key.Length == 0 ? null : index.Compute("receipt", $"{caller.Actor} {request.Method} {request.Path} {key}");
        var body = Http.Features.Get<RequestBody>()?.Bytes ?? [];
        var context = CommandContext.For(caller);
        var own = receipt is null ? Guid.CreateVersion7() : DeterministicId.From(Guid.Empty, receipt);
        var unit = new Unit(context, lane ?? own, work)
        {
            ReceiptId = receipt,
            Ahead = ahead,
            Fingerprint = receipt is null ? "" : index.Compute("request", Encoding.UTF8.GetString(body)),
        };
        var answer = await writer.WriteAsync(unit, cancellationToken);
        return answer.Refusal is { } refusal ? Problems.From(refusal) : new AnswerResult(answer);
    }
}
