using EPerfect.Contracts;
using EPerfect.Contracts.Privacy;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.ServiceDefaults;

/// <summary>Adds a service's part in keeping a person's data from being erased, for a court or a claim.</summary>
public static class HoldSetup
{
    /// <summary>Adds it. The service says with <see cref="IHoldings"/> under which ids a person's data is sealed.</summary>
    /// <typeparam name="TApplied">The service's contract that says that it is done.</typeparam>
    /// <param name="definition">The service.</param>
    public static ServiceDefinition HoldsByOrder<TApplied>(this ServiceDefinition definition)
        where TApplied : LegalHoldAnswer, IContract, new() => definition
            .Json(HoldJson.Default)
            .Event<HoldOrdered>("hold_ordered")
            .Event<HoldApplied>("hold_applied")
            .Marten(options => options.Projections.Snapshot<PersonHold>(SnapshotLifecycle.Inline))
            .Deadlines(e => e.Data switch
            {
                HoldOrdered x => [new DeadlineChange.Set(HoldPerson.Kind, x.ReceivedAt)],
                HoldApplied => [new DeadlineChange.Clear(HoldPerson.Kind)],
                _ => [],
            })
            .Runs<HoldPerson>(HoldPerson.Kind)
            .Services(services => services.AddHostedService<HoldKeeping>().AddSingleton<IStandingOrders, StandingHolds>())
            .Reacts<LegalHoldOrdered, LegalHoldOrderedReaction>(LegalHoldOrdered.Name)
            .Publishes<TApplied>(TApplied.WireName)
            .Outbound(Answer<TApplied>);

    /// <summary>Takes note of an order; it is carried out by itself. A late or repeated one changes nothing.</summary>
    /// <param name="work">The unit of work of the message.</param>
    /// <param name="order">What was heard.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<Decision> ReceiveHoldAsync(
        this UnitOfWork work, HoldOrdered order, CancellationToken cancellationToken) =>
        work.ChangeAsync<PersonHold>(
            PersonHold.StreamOf(order.HoldId), known => PersonHold.Take(known, order), cancellationToken);

    private static object? Answer<TApplied>(IEvent e)
        where TApplied : LegalHoldAnswer, new() => e.Data is not HoldApplied x ? null : new TApplied
        {
            HoldId = x.HoldId,
            AccountId = x.AccountId,
            IsHeld = x.IsHeld,
            OrderVersion = x.OrderVersion,
            ErasedBefore = [.. x.ErasedBefore.Select(group => group.ToString().ToLowerInvariant())],
            AppliedAt = x.AppliedAt,
            StreamVersion = e.Version,
        };
}
