using System.Text.Json.Serialization;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Signing;

/// <summary>What signing consists of.</summary>
internal static class SigningModule
{
    public static ServiceDefinition WithSigning(this ServiceDefinition definition) => definition
        .Json(SigningJson.Default)
        .Event<SigningKeyMade>("signing_key_made")
        .Stream<SigningKeys>()
        .Services(services => services.AddSingleton<Signer>())
        .Endpoints(app => ReadKeys.Map(app.MapGroup("/api/privacy")))
        .Command(SigningKeysCommand.Word, SigningKeysCommand.RunAsync);
}

[JsonSerializable(typeof(SigningKeyMade))]
internal sealed partial class SigningJson : JsonSerializerContext;
