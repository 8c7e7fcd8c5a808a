using System.Text.Json.Serialization;
using EPerfect.Privacy.Policy.Measures;
using EPerfect.Privacy.Policy.Reviews;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Policy;

/// <summary>What holding the policy to its word consists of.</summary>
internal static class PolicyModule
{
    public static ServiceDefinition WithPolicy(this ServiceDefinition definition) => definition
        .Json(PolicyJson.Default)
        .Event<ChecksRan>("checks_ran")
        .Stream<CheckRuns>()
        .Event<ReviewPlanned>("review_planned")
        .Event<ControlReviewed>("control_reviewed")
        .Event<ReviewOverdue>("review_overdue")
        .Stream<ReviewLog>()
        .Deadlines(e => WatchReview.DeadlinesOf(e.Data))
        .Runs<WatchReview>(WatchReview.Kind)
        .Services(services => services
            .AddSingleton(Wording.Shipped())
            .AddSingleton(Controls.Shipped())
            .AddSingleton(Measures.Measures.Shipped())
            .AddSingleton<PublicationCheck>()
            .AddHostedService<PlanReviews>())
        .Endpoints(app =>
        {
            var policy = app.MapGroup("/api/privacy/policy").WithTags("Policy");
            ReadCoverage.Map(policy);
            RecordChecks.Map(policy);
            RecordReview.Map(policy);
            ReadMeasures.Map(app.MapGroup("/api/privacy").WithTags("Policy"));
        });
}

[JsonSerializable(typeof(ChecksRan))]
[JsonSerializable(typeof(ReviewPlanned))]
[JsonSerializable(typeof(ControlReviewed))]
[JsonSerializable(typeof(ReviewOverdue))]
internal sealed partial class PolicyJson : JsonSerializerContext;
