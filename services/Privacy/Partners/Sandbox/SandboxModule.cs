using System.Text.Json.Serialization;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Sandbox;

/// <summary>People who do not exist, for partners that try things out.</summary>
internal static class SandboxModule
{
    public static ServiceDefinition WithSandbox(this ServiceDefinition definition) => definition
        .Json(SandboxJson.Default)
        .Event<SyntheticPersonAdded>("synthetic_person_added")
        .Event<SyntheticPersonMade>("synthetic_person_made")
        .Event<SyntheticConsentWithdrawn>("synthetic_consent_withdrawn")
        .Event<SyntheticAccountClosed>("synthetic_account_closed")
        .Event<SyntheticPersonErased>("synthetic_person_erased")
        .Services(services => services.AddScoped<SandboxPeople>())
        .Endpoints(app =>
        {
            var people = app.MapGroup("/api/partners/sandbox/people").WithTags("Partners");
            MakePerson.Map(people);
            FailOrder.Map(people);
            CorrectPerson.Map(people);
            CloseAccount.Map(people);
            WithdrawConsent.Map(people);
            ErasePerson.Map(people);
        });
}

[JsonSerializable(typeof(SyntheticPersonAdded))]
[JsonSerializable(typeof(SyntheticPersonMade))]
[JsonSerializable(typeof(SyntheticConsentWithdrawn))]
[JsonSerializable(typeof(SyntheticAccountClosed))]
[JsonSerializable(typeof(SyntheticPersonErased))]
internal sealed partial class SandboxJson : JsonSerializerContext;
