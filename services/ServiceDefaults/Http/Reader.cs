using Marten;
using Microsoft.AspNetCore.Http;

namespace EPerfect.ServiceDefaults;

/// <summary>Reads one aggregate as a resource: 200 with ETag, 304 if the client has it, 404 if there is none.</summary>
public sealed class Reader(IDocumentSession session, Caller caller, IHttpContextAccessor accessor)
{
    /// <summary>Answers with a view of the aggregate.</summary>
    /// <typeparam name="T">The aggregate.</typeparam>
    /// <param name="id">The stream.</param>
    /// <param name="view">What the client sees of it.</param>
    /// <param name="cancellationToken">The client went away.</param>
    public Task<IResult> OneAsync<T>(Guid id, Func<T, object> view, CancellationToken cancellationToken)
        where T : class, IOwned => OneAsync<T>(id, (state, _) => Task.FromResult(Results.Ok(view(state))), cancellationToken);

    /// <summary>Answers with what the view makes of the aggregate, which may open sealed data or refuse.</summary>
    /// <typeparam name="T">The aggregate.</typeparam>
    /// <param name="id">The stream.</param>
    /// <param name="view">The answer.</param>
    /// <param name="cancellationToken">The client went away.</param>
    public async Task<IResult> OneAsync<T>(
        Guid id, Func<T, CancellationToken, Task<IResult>> view, CancellationToken cancellationToken)
        where T : class, IOwned
    {
        var stream = await session.Events.FetchForWriting<T>(id, cancellationToken);
        var state = stream.Aggregate;
        if (caller.WhyNot(state) is { } refusal) return Problems.From(refusal);
        var http = accessor.HttpContext!;
        var etag = ETags.Of(stream.CurrentVersion ?? 0);
        http.Response.Headers.ETag = etag;
        return ETags.Lists(http.Request.Headers.IfNoneMatch.ToString(), etag)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : await view(state!, cancellationToken);
    }

    /// <summary>Folds the stream as it is now.</summary>
    /// <typeparam name="T">The aggregate.</typeparam>
    /// <param name="id">The stream.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <returns>The state, or null if there is no such stream.</returns>
    public async Task<T?> LatestAsync<T>(Guid id, CancellationToken cancellationToken)
        where T : class => await session.Events.FetchLatest<T>(id, cancellationToken);
}
