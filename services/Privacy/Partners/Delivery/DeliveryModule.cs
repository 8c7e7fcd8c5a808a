using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Delivery;

/// <summary>Brings the feed to partners, by whichever ways there are.</summary>
internal static class DeliveryModule
{
    public static ServiceDefinition WithDelivery(this ServiceDefinition definition) => definition
        .Marten(FeedProgressTable.Add)
        .Measures<LagMeasure>()
        .Services(services => services
            .AddSingleton<FeedProgressStore>()
            .AddSingleton<FeedBeginning>()
            .AddSingleton<LaneLocks>()
            .AddSingleton<FeedLane>()
            .AddHostedService<FeedPump>())
        .Endpoints(app =>
        {
            var partners = app.MapGroup("/api/partners").WithTags("Partners");
            ReadLag.Map(partners);
            SendTestEvent.Map(partners);
        });
}
