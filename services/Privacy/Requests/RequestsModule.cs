using System.Text.Json.Serialization;
using EPerfect.Privacy.Requests.Clocks;
using EPerfect.Privacy.Requests.Erasure;
using EPerfect.Privacy.Requests.Exports;
using EPerfect.Privacy.Requests.Rectification;
using EPerfect.ServiceDefaults;
using JasperFx.Events.Projections;

namespace EPerfect.Privacy.Requests;

/// <summary>What the requests of a person consist of.</summary>
internal static class RequestsModule
{
    public static ServiceDefinition WithRequests(this ServiceDefinition definition) => definition
        .Json(RequestsJson.Default)
        .Event<RequestFiled>("request_filed")
        .Event<RequestAcknowledged>("request_acknowledged")
        .Event<IdentityVerified>("identity_verified")
        .Event<RequestStarted>("request_started")
        .Event<RequestExtended>("request_extended")
        .Event<RequestRefused>("request_refused")
        .Event<RequestDone>("request_done")
        .Event<RequestWithdrawn>("request_withdrawn")
        .Event<ObjectionWeighed>("objection_weighed")
        .Event<RequestOverdue>("request_overdue")
        .Stream<Request>()
        .Marten(options =>
        {
            options.Projections.Snapshot<RequestLine>(SnapshotLifecycle.Inline);
            options.Schema.For<RequestLine>().Index(line => line.AccountId).Index(line => line.AnswerBy);
        })
        .WithErasure()
        .WithExports()
        .WithRectification()
        .Runs<WatchClock>(WatchClock.Kind)
        .Services(services => services.AddSingleton(ShippedClocks.Read()))
        .Endpoints(app =>
        {
            var privacy = app.MapGroup("/api/privacy").WithTags("Requests");
            WorkList.Map(privacy);
            var requests = privacy.MapGroup("/people/{accountId:guid}/requests");
            FileRequest.Map(requests);
            ListRequests.Map(requests);
            ReadRequest.Map(requests);
            AcknowledgeRequest.Map(requests);
            VerifyIdentity.Map(requests);
            StartRequest.Map(requests);
            ExtendRequest.Map(requests);
            RefuseRequest.Map(requests);
            CompleteRequest.Map(requests);
            WithdrawRequest.Map(requests);
            WeighObjection.Map(requests);
            TellRecipient.Map(requests);
        });
}

[JsonSerializable(typeof(RequestFiled))]
[JsonSerializable(typeof(RequestAcknowledged))]
[JsonSerializable(typeof(IdentityVerified))]
[JsonSerializable(typeof(RequestStarted))]
[JsonSerializable(typeof(RequestExtended))]
[JsonSerializable(typeof(RequestRefused))]
[JsonSerializable(typeof(RequestDone))]
[JsonSerializable(typeof(RequestWithdrawn))]
[JsonSerializable(typeof(ObjectionWeighed))]
[JsonSerializable(typeof(RequestOverdue))]
internal sealed partial class RequestsJson : JsonSerializerContext;
