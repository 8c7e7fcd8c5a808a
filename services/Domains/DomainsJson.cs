using System.Text.Json.Serialization;
using EPerfect.Domains.Contacts;
using EPerfect.Domains.Registration;

namespace EPerfect.Domains;

/// <summary>Reads and writes stored events without reflection: the hot path of every append and fold.</summary>
[JsonSerializable(typeof(ContactRegistered))]
[JsonSerializable(typeof(ContactCorrected))]
[JsonSerializable(typeof(RegistrationStarted))]
[JsonSerializable(typeof(RegistrationQueued))]
[JsonSerializable(typeof(RegistrationAttemptFailed))]
[JsonSerializable(typeof(DomainRegistered))]
[JsonSerializable(typeof(RegistrationFailed))]
[JsonSerializable(typeof(NameserverChangeStarted))]
[JsonSerializable(typeof(NameserverChangeAttemptFailed))]
[JsonSerializable(typeof(NameserversChanged))]
[JsonSerializable(typeof(NameserverChangeRefused))]
internal sealed partial class DomainsJson : JsonSerializerContext;
