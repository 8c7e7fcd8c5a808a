using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EPerfect.ServiceDefaults;

/// <summary>What every service tells operators, and does for them. The program Operations asks it, with the operator's own
/// token; the gateway leads nobody here.</summary>
internal static class OperationsEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var operations = routes.MapGroup("/operations").Allow(Access.Of(StaffRole.Operator)).ExcludeFromDescription();
        ReadStoredEvents.Map(operations);
        ReadOperatorActions.Map(operations);
        SwitchEffects.Map(operations);
        ReadMeasures.Map(operations);
        HandleFailedMessages.Map(operations);
        HandleDeadlines.Map(operations);
        ReadStuckShards.Map(operations);
    }
}
