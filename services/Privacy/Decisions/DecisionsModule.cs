using System.Text.Json.Serialization;
using EPerfect.Privacy.Documents;
using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Decisions;

/// <summary>What deciding consists of.</summary>
internal static class DecisionsModule
{
    public static ServiceDefinition WithDecisions(this ServiceDefinition definition) => definition
        .Json(DecisionsJson.Default)
        .Event<NoticeDue>("notice_due")
        .Event<PurposesDeclared>("purposes_declared")
        .Event<NoticeGiven>("notice_given")
        .Event<ObjectionRaised>("objection_raised")
        .Event<ObjectionWithdrawn>("objection_withdrawn")
        .Event<ProcessingRestricted>("processing_restricted")
        .Event<RestrictionLifted>("restriction_lifted")
        .Services(services => services.AddSingleton<DecisionPoint>());
}

[JsonSerializable(typeof(NoticeDue))]
[JsonSerializable(typeof(PurposesDeclared))]
[JsonSerializable(typeof(NoticeGiven))]
[JsonSerializable(typeof(ObjectionRaised))]
[JsonSerializable(typeof(ObjectionWithdrawn))]
[JsonSerializable(typeof(ProcessingRestricted))]
[JsonSerializable(typeof(RestrictionLifted))]
internal sealed partial class DecisionsJson : JsonSerializerContext;
