using System.Text.Json.Serialization;
using EPerfect.Privacy.Documents;
using EPerfect.Privacy.People;

namespace EPerfect.Privacy;

/// <summary>Reads and writes stored events without reflection: the hot path of every append and fold.</summary>
[JsonSerializable(typeof(DocumentPublished))]
[JsonSerializable(typeof(PolicySetPublished))]
[JsonSerializable(typeof(PolicySetAcknowledged))]
[JsonSerializable(typeof(AcknowledgementPostponed))]
[JsonSerializable(typeof(AcknowledgementRefused))]
[JsonSerializable(typeof(ConsentChanged))]
internal sealed partial class PrivacyJson : JsonSerializerContext;
