using System.Text.Json.Serialization;
using EPerfect.Privacy.Partners.Delivery;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Queues;

/// <summary>Taking the feed from a queue at the broker.</summary>
internal static class QueuesModule
{
    public static ServiceDefinition WithQueues(this ServiceDefinition definition) => definition
        .Json(QueuesJson.Default)
        .Event<QueueAccessGiven>("queue_access_given")
        .Event<QueueClosed>("queue_closed")
        .Services(services => services
            .AddSingleton<PartnerQueue>()
            .AddSingleton<BrokerAdministration>()
            .AddSingleton<QueuePasswords>()
            .AddSingleton<DoorLock>()
            .AddSingleton<QueueOpenings>()
            .AddSingleton<PartnerDoor>()
            .AddSingleton<TakeBack>()
            .AddSingleton<TakenAway>()
            .AddSingleton<PassAgain>()
            .AddSingleton<QueueChannel>()
            .AddSingleton<IFeedWay, QueueWay>()
            .AddHostedService<QueueDoors>())
        .Endpoints(app =>
        {
            var partners = app.MapGroup("/api/partners").WithTags("Partners");
            OpenQueue.Map(partners);
            CloseQueue.Map(partners);
        });
}

[JsonSerializable(typeof(QueueAccessGiven))]
[JsonSerializable(typeof(QueueClosed))]
internal sealed partial class QueuesJson : JsonSerializerContext;
