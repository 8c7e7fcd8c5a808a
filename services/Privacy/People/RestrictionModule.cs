using System.Text.Json.Serialization;
using EPerfect.Contracts;
using EPerfect.Privacy.People.Reactions;
using EPerfect.ServiceDefaults;
using JasperFx.Events;
using A = EPerfect.Contracts.Accounts;
using C = EPerfect.Contracts.Privacy;
using D = EPerfect.Contracts.Domains;
using O = EPerfect.Contracts.Orders;

namespace EPerfect.Privacy.People;

/// <summary>What restricting a person's processing consists of: the order, the notice, the answers; and the own
/// part.</summary>
internal static class RestrictionModule
{
    public static ServiceDefinition WithRestriction(this ServiceDefinition definition) => definition
        .Json(RestrictionsJson.Default)
        .Event<RestrictionEnding>("restriction_ending")
        .Event<RestrictionConfirmed>("restriction_confirmed")
        .Event<ObjectionOverruled>("objection_overruled")
        .Restricts<C.RestrictionApplied>()
        .Publishes<C.ProcessingRestricted>(C.ProcessingRestricted.Name)
        .Publishes<C.RestrictionEnding>(C.RestrictionEnding.Name)
        .Publishes<C.RestrictionLifted>(C.RestrictionLifted.Name)
        .Outbound(Outbound)
        .Hears<A.RestrictionApplied>()
        .Hears<D.RestrictionApplied>()
        .Hears<O.RestrictionApplied>()
        .Hears<C.RestrictionApplied>()
        .Deadlines(e => e.Data switch
        {
            RestrictionEnding x => [new DeadlineChange.Set(LiftRestriction.Kind, x.LiftAt)],
            ProcessingRestricted or RestrictionLifted => [new DeadlineChange.Clear(LiftRestriction.Kind)],
            _ => [],
        })
        .Runs<LiftRestriction>(LiftRestriction.Kind);

    private static object? Outbound(IEvent e) => e.Data switch
    {
        ProcessingRestricted x => new C.ProcessingRestricted(e.StreamId, x.RestrictedAt, e.Version),
        RestrictionEnding x => new C.RestrictionEnding(e.StreamId, x.Ground, x.LiftAt, x.AnnouncedAt, e.Version),
        RestrictionLifted x => new C.RestrictionLifted(e.StreamId, x.LiftedAt, e.Version),
        _ => null,
    };

    /// <summary>Four say the same: each has a queue of its own.</summary>
    private static ServiceDefinition Hears<TApplied>(this ServiceDefinition definition)
        where TApplied : C.RestrictionAnswer, IContract => definition.Reacts<TApplied, RestrictionAppliedReaction<TApplied>>(
            TApplied.WireName, string.Join('-', TApplied.WireName.Split('.')[..2]));
}

[JsonSerializable(typeof(RestrictionEnding))]
[JsonSerializable(typeof(RestrictionConfirmed))]
[JsonSerializable(typeof(ObjectionOverruled))]
internal sealed partial class RestrictionsJson : JsonSerializerContext;
