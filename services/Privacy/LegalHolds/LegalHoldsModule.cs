using EPerfect.Contracts;
using EPerfect.Privacy.LegalHolds.Reactions;
using EPerfect.ServiceDefaults;
using JasperFx.Events;
using JasperFx.Events.Projections;
using A = EPerfect.Contracts.Accounts;
using C = EPerfect.Contracts.Privacy;
using D = EPerfect.Contracts.Domains;
using O = EPerfect.Contracts.Orders;

namespace EPerfect.Privacy.LegalHolds;

/// <summary>What keeping a person's data for a court or a claim consists of: the order, the answers; and the own part.</summary>
internal static class LegalHoldsModule
{
    public static ServiceDefinition WithLegalHolds(this ServiceDefinition definition) => definition
        .Json(LegalHoldJson.Default)
        .Event<LegalHoldAsked>("legal_hold_asked")
        .Event<LegalHoldApproved>("legal_hold_approved")
        .Event<LegalHoldReleaseAsked>("legal_hold_release_asked")
        .Event<LegalHoldReleaseWithdrawn>("legal_hold_release_withdrawn")
        .Event<LegalHoldReleased>("legal_hold_released")
        .Event<LegalHoldConfirmed>("legal_hold_confirmed")
        .Marten(options =>
        {
            options.Projections.Snapshot<LegalHoldOfPerson>(SnapshotLifecycle.Inline);
            options.Schema.For<LegalHoldOfPerson>().Index(one => one.AccountId);
        })
        .HoldsByOrder<C.LegalHoldApplied>()
        .Publishes<C.LegalHoldOrdered>(C.LegalHoldOrdered.Name)
        .Outbound(Outbound)
        .Hears<A.LegalHoldApplied>()
        .Hears<D.LegalHoldApplied>()
        .Hears<O.LegalHoldApplied>()
        .Hears<C.LegalHoldApplied>()
        .Endpoints(app =>
        {
            var holds = app.MapGroup("/api/privacy/people/{accountId:guid}/holds").WithTags("Legal holds");
            ListHolds.Map(holds);
            AskForHold.Map(holds);
            ApproveHold.Map(holds);
            AskForRelease.Map(holds);
            ApproveRelease.Map(holds);
            WithdrawRelease.Map(holds);
        });

    private static object? Outbound(IEvent e) => e.Data switch
    {
        LegalHoldApproved x => Order(x.Hold, isHeld: true, x.ApprovedAt, e.Version),
        LegalHoldReleased x => Order(x.Hold, isHeld: false, x.ReleasedAt, e.Version),
        _ => null,
    };

    private static C.LegalHoldOrdered Order(LegalHoldAsked hold, bool isHeld, DateTimeOffset at, long version) => new(
        hold.HoldId, hold.AccountId, hold.Groups, hold.Reason, hold.Until, isHeld, at, version);

    /// <summary>Four say the same: each has a queue of its own.</summary>
    private static ServiceDefinition Hears<TApplied>(this ServiceDefinition definition)
        where TApplied : C.LegalHoldAnswer, IContract => definition.Reacts<TApplied, LegalHoldAppliedReaction<TApplied>>(
            TApplied.WireName, string.Join('-', TApplied.WireName.Split('.')[..2]));
}
