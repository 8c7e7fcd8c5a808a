using System.Diagnostics;
using JasperFx.Events;
using Marten;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// What a decision may write. Appends, documents and the receipt commit in one transaction. Several units of work may
/// share the session underneath: never call SaveChanges.
/// </summary>
public sealed class UnitOfWork
{
    private readonly CommandContext context;
    private readonly bool exclusively;
    private readonly IReadOnlySet<Guid> neighbours;
    private LoadedStream? ahead;

    /// <param name="session">Shared by the units of a batch.</param>
    /// <param name="context">Who, and because of what.</param>
    /// <param name="exclusively">Whether a stream that is changed is held until all is committed.</param>
    /// <param name="neighbours">The streams that the units before it in the batch append to.</param>
    /// <param name="ahead">What was loaded beforehand.</param>
    internal UnitOfWork(
        IDocumentSession session,
        CommandContext context,
        bool exclusively,
        IReadOnlySet<Guid> neighbours,
        LoadedStream? ahead = null) =>
        (Session, this.context, this.exclusively, this.neighbours, this.ahead) =
        (session, context, exclusively, neighbours, ahead);

    /// <summary>For queries, and for documents that commit with the events.</summary>
    public IDocumentSession Session { get; }

    /// <summary>The version of the stream after the last append of this unit.</summary>
    internal long Version { get; private set; }

    /// <summary>Starts a stream. Fails at commit, and is decided again, if the stream exists by then.</summary>
    /// <typeparam name="T">The aggregate.</typeparam>
    /// <param name="id">The stream.</param>
    /// <param name="events">What happened, in order.</param>
    public void Start<T>(Guid id, params IEnumerable<object> events)
        where T : class
    {
        context.Activity.TellOf(typeof(T).Name, id);
        var stamped = events.Select(Stamp).ToArray();
        Session.Events.StartStream<T>(id, stamped);
        Version = stamped.Length;
    }

    /// <summary>Loads the aggregate, decides, and appends what was decided.</summary>
    /// <typeparam name="T">The aggregate.</typeparam>
    /// <param name="id">The stream; it is started if it does not exist and something is decided.</param>
    /// <param name="decide">Given the state (null: no such stream), what happens now.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <returns>What was decided.</returns>
    public Task<Decision> ChangeAsync<T>(Guid id, Func<T?, Decision> decide, CancellationToken cancellationToken)
        where T : class => ChangeAsync<T>(id, (state, _) => Task.FromResult(decide(state)), cancellationToken);

    /// <inheritdoc cref="ChangeAsync{T}(Guid,Func{T,Decision},CancellationToken)"/>
    public async Task<Decision> ChangeAsync<T>(
        Guid id, Func<T?, CancellationToken, Task<Decision>> decide, CancellationToken cancellationToken)
        where T : class
    {
        context.Activity.TellOf(typeof(T).Name, id);
        var stream = await StreamAsync<T>(id, cancellationToken);
        var before = Version = stream.CurrentVersion ?? 0;
        var decision = await decide(stream.Aggregate, cancellationToken);
        if (decision.Refusal is null && decision.Events.Count > 0)
        {
            if (before == 0) Start<T>(id, decision.Events);
            else stream.AppendMany(decision.Events.Select(Stamp).ToArray<object>());
        }

        // Not what the decision left in it: it may have started other streams, such as a mail's.
        Version = before + decision.Events.Count;
        return decision;
    }

    /// <summary>Appends what is not decided on the stream's state: reads none of its history.</summary>
    /// <typeparam name="T">What the stream is about.</typeparam>
    /// <param name="id">The stream; it is started if it does not exist.</param>
    /// <param name="events">What happened, in order.</param>
    /// <param name="cancellationToken">Cancels the look for its version.</param>
    public async Task AppendAsync<T>(Guid id, IReadOnlyList<object> events, CancellationToken cancellationToken)
        where T : class
    {
        if (events.Count == 0) return;
        var state = TakeAhead(id) is { Loaded: Task<StreamState?> loaded }
            ? await loaded
            : await Session.Events.FetchStreamStateAsync(id, cancellationToken);
        if (state is null)
        {
            Start<T>(id, events);
            return;
        }

        context.Activity.TellOf(typeof(T).Name, id);
        object[] stamped = [.. events.Select(Stamp)];
        if (exclusively) await Session.Events.AppendExclusive(id, cancellationToken, stamped);
        // The version makes the loser of a race wait for the winner, where it would burn a sequence number.
        else Session.Events.Append(id, stamped).ExpectedVersionOnServer = state.Version;
        Version = state.Version + events.Count;
    }

    /// <summary>
    /// Changes what waited for this: it goes on in the trace that it began in, not in that of what it waited for; the two
    /// are linked. Who caused it is told as ever.
    /// </summary>
    /// <inheritdoc cref="ChangeAsync{T}(Guid,Func{T,Decision},CancellationToken)"/>
    public async Task<Decision> ResumeAsync<T>(Guid id, Func<T?, Decision> decide, CancellationToken cancellationToken)
        where T : class
    {
        var began = await Session.Events.FetchStreamAsync(id, version: 1, token: cancellationToken);
        var waiting = began is [var first, ..] ? first.GetHeader(CommandContext.TraceParentHeader)?.ToString() : null;
        using var activity = Telemetry.Source.StartActivity(
            ActivityKind.Internal, Telemetry.ParentOf(waiting), links: Links(context.Activity), name: "resume");
        var resumed = new UnitOfWork(
            Session, context with { Activity = activity ?? context.Activity }, exclusively, neighbours);
        return await resumed.ChangeAsync(id, decide, cancellationToken);
    }

    private Task<IEventStream<T>> StreamAsync<T>(Guid id, CancellationToken cancellationToken)
        where T : class
    {
        // What it loads lacks what a neighbour appends: both would be committed, each decided on the same state.
        if (neighbours.Contains(id)) throw new NeighbourChangedException();
        if (exclusively) return Session.Events.FetchForExclusiveWriting<T>(id, cancellationToken);
        return TakeAhead(id) is { Loaded: Task<IEventStream<T>> loaded }
            ? loaded
            : Session.Events.FetchForWriting<T>(id, cancellationToken);
    }

    /// <summary>What was loaded beforehand, once: whoever comes back to the stream loads it again.</summary>
    private LoadedStream? TakeAhead(Guid id)
    {
        if (ahead?.Id != id) return null;
        var taken = ahead;
        ahead = null;
        return taken;
    }

    private static IEnumerable<ActivityLink> Links(Activity? activity) =>
        activity is null ? [] : [new ActivityLink(activity.Context)];

    private IEvent Stamp(object data)
    {
        context.Activity.TellOf(data);
        var stamped = Session.Events.BuildEvent(data);
        stamped.UserName = context.Actor;
        stamped.CorrelationId = context.CorrelationId;
        stamped.CausationId = context.CommandId;
        if (context.Activity?.Id is { } traceParent) stamped.SetHeader(CommandContext.TraceParentHeader, traceParent);
        if (context.Cause is { } cause) stamped.SetHeader(CommandContext.CauseHeader, cause.ToString("D"));
        if (context.Role is { } role) stamped.SetHeader(CommandContext.RoleHeader, role);
        return stamped;
    }
}
