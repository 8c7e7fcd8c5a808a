using EPerfect.ServiceDefaults;
using JasperFx.Events.Projections;

namespace EPerfect.Privacy.Withholding;

/// <summary>What law keeps us from telling a person.</summary>
internal static class WithholdingModule
{
    public static ServiceDefinition WithWithholding(this ServiceDefinition definition) => definition
        .Json(WithholdingJson.Default)
        .Event<WithholdingOrdered>("withholding_ordered")
        .Event<WithholdingApproved>("withholding_approved")
        .Event<WithholdingLifted>("withholding_lifted")
        .Marten(options =>
        {
            options.Projections.Snapshot<WithheldOpenings>(SnapshotLifecycle.Inline);
            options.Schema.For<WithheldOpenings>().Index(one => one.AccountId);
        })
        .Services(services => services.AddScoped<Withholdings>())
        .Endpoints(app =>
        {
            var withholdings = app.MapGroup("/api/privacy/people/{accountId:guid}/withholdings").WithTags("Withholding");
            ListWithholdings.Map(withholdings);
            OrderWithholding.Map(withholdings);
            ApproveWithholding.Map(withholdings);
            LiftWithholding.Map(withholdings);
        });
}
