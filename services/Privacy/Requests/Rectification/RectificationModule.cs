using EPerfect.Privacy.Requests.Rectification.Reactions;
using EPerfect.ServiceDefaults;
using A = EPerfect.Contracts.Accounts;
using D = EPerfect.Contracts.Domains;

namespace EPerfect.Privacy.Requests.Rectification;

/// <summary>What following up a correction consists of.</summary>
internal static class RectificationModule
{
    public static ServiceDefinition WithRectification(this ServiceDefinition definition) => definition
        .Json(RectificationJson.Default)
        .Event<DataRectified>("data_rectified")
        .Event<RecipientTold>("recipient_told")
        .Event<RectificationSettled>("rectification_settled")
        .Stream<Rectifications>()
        .Marten(UnansweredCorrectionRows.Add)
        .Services(services => services.AddSingleton<UnansweredCorrections>())
        .Deadlines(e => SettleRectification.DeadlinesOf(e.Data))
        .Runs<SettleRectification>(SettleRectification.Kind)
        .Reacts<A.ProfileChanged, ProfileChangedReaction>(A.ProfileChanged.Name)
        .Reacts<A.BillingDetailsChanged, BillingDetailsChangedReaction>(A.BillingDetailsChanged.Name)
        .Reacts<D.ContactCorrected, ContactCorrectedReaction>(D.ContactCorrected.Name)
        .Endpoints(app =>
        {
            var privacy = app.MapGroup("/api/privacy").WithTags("Requests");
            ListUnansweredCorrections.Map(privacy);
            var corrections = privacy.MapGroup("/people/{accountId:guid}/corrections");
            ListCorrections.Map(corrections);
            TellOfCorrection.Map(corrections);
        });
}
