using System.Text.Json.Serialization;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Policy;

/// <summary>What holding the policy to its word consists of.</summary>
internal static class PolicyModule
{
    public static ServiceDefinition WithPolicy(this ServiceDefinition definition) => definition
        .Json(PolicyJson.Default)
        .Event<ChecksRan>("checks_ran")
        .Stream<CheckRuns>()
        .Services(services => services
            .AddSingleton(Wording.Shipped())
            .AddSingleton(Controls.Shipped())
            .AddSingleton<PublicationCheck>())
        .Endpoints(app =>
        {
            var policy = app.MapGroup("/api/privacy/policy").WithTags("Policy");
            ReadCoverage.Map(policy);
            RecordChecks.Map(policy);
        });
}

[JsonSerializable(typeof(ChecksRan))]
internal sealed partial class PolicyJson : JsonSerializerContext;
