using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Privacy.Requests.Exports.Archive;

/// <summary>Reads what a service told, one part in memory at a time.</summary>
internal sealed class PartReader(IQuerySession session)
{
    public async IAsyncEnumerable<ToldHolding> OfAsync(
        Export export,
        ExportSecret secret,
        string service,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var known = export.Parts[service];
        foreach (var number in known.Numbers)
        {
            var place = ExportCipher.PlaceOf(export.Id, service, known.Attempt, number);
            var part = await session.LoadAsync<KeptPart>(
                KeptPart.IdOf(export.Id, service, known.Attempt, number), cancellationToken)
                ?? throw new InvalidOperationException($"A part of an export is gone: {place}.");
            var plain = ExportCipher.Decrypt(part.Content, export.Ordered!.Key, secret.Number, place);
            try
            {
                foreach (var line in Lines(plain)) yield return line;
            }
            finally
            {
                CryptographicOperations.ZeroMemory(plain);
            }
        }
    }

    private static IEnumerable<ToldHolding> Lines(byte[] plain)
    {
        for (var from = 0; from < plain.Length;)
        {
            var length = Array.IndexOf(plain, (byte)'\n', from) - from;
            yield return JsonSerializer.Deserialize(plain.AsSpan(from, length), ToldJson.Default.ToldHolding)!;
            from += length + 1;
        }
    }
}
