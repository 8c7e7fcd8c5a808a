using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using EPerfect.ServiceDefaults;

namespace EPerfect.Testing;

/// <summary>A key for openings, as Privacy has one.</summary>
public static class TestOpeningKey
{
    /// <summary>Makes one.</summary>
    /// <returns>What everybody may know, and the secret number.</returns>
    public static (OpeningKeyLearned Key, string Secret) Make()
    {
        using var pair = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var numbers = pair.ExportParameters(includePrivateParameters: true);
        var (x, y) = (Base64Url.EncodeToString(numbers.Q.X), Base64Url.EncodeToString(numbers.Q.Y));
        return (new OpeningKeyLearned($"test-{x[..8]}", x, y, DateTimeOffset.UtcNow), Base64Url.EncodeToString(numbers.D));
    }

    /// <summary>The key that Privacy published.</summary>
    /// <param name="message">Its message.</param>
    public static OpeningKeyLearned Heard(JsonObject message) => new(
        (string)message["keyId"]!, (string)message["x"]!, (string)message["y"]!, message["madeAt"]!.GetValue<DateTimeOffset>());
}
