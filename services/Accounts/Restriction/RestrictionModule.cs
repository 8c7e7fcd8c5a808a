using EPerfect.Accounts.Restriction.Reactions;
using EPerfect.ServiceDefaults;
using C = EPerfect.Contracts.Accounts;
using P = EPerfect.Contracts.Privacy;

namespace EPerfect.Accounts.Restriction;

/// <summary>This service's part when the processing of a person's data is restricted: the person is told of its end.</summary>
internal static class RestrictionModule
{
    public static ServiceDefinition WithRestriction(this ServiceDefinition definition) => definition
        .Restricts<C.RestrictionApplied>()
        .Reacts<P.RestrictionEnding, RestrictionEndingReaction>(P.RestrictionEnding.Name);
}
