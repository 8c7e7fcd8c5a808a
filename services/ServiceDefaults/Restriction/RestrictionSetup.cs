using EPerfect.Contracts;
using EPerfect.Contracts.Privacy;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.ServiceDefaults;

/// <summary>Adds a service's part in restricting the processing of a person's data (GDPR Art. 18).</summary>
public static class RestrictionSetup
{
    /// <summary>Adds it. The service says with <see cref="IHoldings"/> under which ids a person's data is sealed.</summary>
    /// <typeparam name="TApplied">The service's contract that says that it is done.</typeparam>
    /// <param name="definition">The service.</param>
    public static ServiceDefinition Restricts<TApplied>(this ServiceDefinition definition)
        where TApplied : RestrictionAnswer, IContract, new() => definition
            .Json(RestrictionJson.Default)
            .Event<RestrictionOrdered>("restriction_ordered")
            .Event<RestrictionApplied>("restriction_applied")
            .Marten(options => options.Projections.Snapshot<PersonRestriction>(SnapshotLifecycle.Inline))
            .Deadlines(e => e.Data switch
            {
                RestrictionOrdered x => [new DeadlineChange.Set(RestrictPerson.Kind, x.ReceivedAt)],
                RestrictionApplied => [new DeadlineChange.Clear(RestrictPerson.Kind)],
                _ => [],
            })
            .Runs<RestrictPerson>(RestrictPerson.Kind)
            .Services(services => services
                .AddHostedService<RestrictionKeeping>()
                .AddSingleton<IStandingOrders, StandingRestrictions>())
            .Reacts<ProcessingRestricted, ProcessingRestrictedReaction>(ProcessingRestricted.Name)
            .Reacts<RestrictionLifted, RestrictionLiftedReaction>(RestrictionLifted.Name)
            .Publishes<TApplied>(TApplied.WireName)
            .Outbound(Answer<TApplied>);

    /// <summary>Takes note of an order; it is carried out by itself. A late or repeated one changes nothing.</summary>
    /// <param name="work">The unit of work of the message.</param>
    /// <param name="order">What was heard.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<Decision> ReceiveRestrictionAsync(
        this UnitOfWork work, RestrictionOrdered order, CancellationToken cancellationToken) =>
        work.ChangeAsync<PersonRestriction>(
            PersonRestriction.StreamOf(order.AccountId),
            known => PersonRestriction.Take(known, order),
            cancellationToken);

    private static object? Answer<TApplied>(IEvent e)
        where TApplied : RestrictionAnswer, new() => e.Data is not RestrictionApplied x ? null : new TApplied
        {
            AccountId = x.AccountId,
            IsRestricted = x.IsRestricted,
            PersonVersion = x.PersonVersion,
            AppliedAt = x.AppliedAt,
            StreamVersion = e.Version,
        };
}
