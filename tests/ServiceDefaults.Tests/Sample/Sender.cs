using JasperFx.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.ServiceDefaults.Tests.Sample;

/// <summary>A service that keeps tallies and tells when one was raised.</summary>
public static class Sender
{
    public static ServiceDefinition Define(Func<IEvent, object?>? outbound = null) => new ServiceDefinition("orders")
        .KeptForTheTest()
        .Event<TallyOpened>("tally_opened")
        .Event<TallyRaised>("tally_raised")
        .Event<TallyChecked>("tally_checked")
        .Stream<Tally>()
        .Publishes<TallyRaisedV1>(TallyRaisedV1.Name)
        .Outbound(outbound ?? Map)
        .Deadlines(DeadlinesOf)
        .Runs<CheckTally>("check-tally")
        .Stoppable("check", "check-tally")
        .Services(services => services.AddSingleton<CheckLedger>())
        .Endpoints(Endpoints);

    public static object? Map(IEvent e) => e.Data is TallyRaised raised
        ? new TallyRaisedV1(e.StreamId, raised.By, e.Version)
        : null;

    private static IEnumerable<DeadlineChange> DeadlinesOf(IEvent e) => e.Data switch
    {
        TallyOpened opened when opened.Name.StartsWith("check", StringComparison.Ordinal) =>
            [new DeadlineChange.Set("check-tally", opened.At)],
        TallyChecked => [new DeadlineChange.Clear("check-tally")],
        _ => [],
    };

    private static void Endpoints(IEndpointRouteBuilder routes)
    {
        var tallies = routes.MapGroup("/api/tallies").Allow(Access.Anyone);
        tallies.MapPost("/", OpenAsync);
        tallies.MapPost("/{id:guid}/raise", RaiseAsync);
        tallies.MapPut("/{id:guid}", RaiseAsync);
        tallies.MapGet("/{id:guid}", (Guid id, Reader reader, CancellationToken token) =>
            reader.OneAsync<Tally>(id, tally => tally, token));
        tallies.MapGet("/", (string? cursor, int? limit) =>
            PageRequest.TryRead(limit, cursor, out var page) is { } refusal ? Problems.From(refusal) : Results.Ok(page.Limit));
    }

    private static Task<IResult> OpenAsync(
        OpenTallyRequest request, Commands commands, TimeProvider clock, CancellationToken token)
    {
        var id = Guid.CreateVersion7();
        var opened = new TallyOpened(id, request.Name, clock.GetUtcNow());
        return commands.CreateAsync<Tally>(
            id,
            accountId: null,
            (_, _) => Task.FromResult(request.Name.Length == 0
                ? Refusals.Invalid("name-empty", "A tally has a name.", "/name")
                : Decision.Of(opened)),
            cancellationToken: token);
    }

    private static Task<IResult> RaiseAsync(
        Guid id, RaiseTallyRequest request, Commands commands, CancellationToken token) =>
        commands.ChangeAsync<Tally>(
            id,
            tally => tally.Count + request.By > 1000
                ? Refusals.WrongState("tally-full", "A tally goes up to 1000.")
                : Decision.Of(new TallyRaised(request.By)),
            token);
}

/// <summary>An outside system that counts what it was asked to do.</summary>
public sealed class CheckLedger
{
    private int asked;

    public int Asked => asked;

    public int FailFirst { get; set; }

    public void Ask()
    {
        if (Interlocked.Increment(ref asked) <= FailFirst) throw new InvalidOperationException("The outside system is down.");
    }
}

/// <summary>What is due at once after a tally that wants checking was opened.</summary>
public sealed class CheckTally(CheckLedger ledger, Writer writer, TimeProvider clock) : IDeadlineHandler
{
    public async Task RunAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        ledger.Ask();
        await writer.ChangeAsync<Tally>(
            deadline.StreamId,
            "orders/check-tally",
            tally => tally is { Checks: 0 } ? Decision.Of(new TallyChecked(clock.GetUtcNow())) : Decision.Nothing,
            cancellationToken);
    }
}
