using System.Security.Cryptography;
using System.Text;

namespace EPerfect.Privacy.Partners.Webhooks;

/// <summary>Signatures as Standard Webhooks 1.0.0 has them: HMAC-SHA256 over id, time of the attempt and body.</summary>
internal static class WebhookSignature
{
    public const string SecretPrefix = "whsec_";

    /// <param name="keys">Each signs: during an overlap the receiver finds the one that it knows.</param>
    /// <param name="id">The event's id, the same with each attempt.</param>
    /// <param name="timestamp">When it is sent: seconds since 1970.</param>
    /// <param name="body">What is sent, byte for byte.</param>
    public static string Of(IEnumerable<byte[]> keys, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        byte[] content = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return string.Join(' ', keys.Select(key => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, content))}"));
    }
}
