using System.Text.Json;
using EPerfect.Contracts.Partners;
using EPerfect.PersonalData;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Feed;

/// <summary>Takes a partner's values from under the person's key at the moment of sending. What comes out only the partner can
/// read.</summary>
internal sealed class EnclosedOpener(Vault vault)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <returns>With its values, and no more members than there are; null if it was erased or is restricted, or nothing of it
    /// may be told.</returns>
    public async Task<Cleared?> UnsealAsync(Cleared cleared, Partner partner, CancellationToken cancellationToken)
    {
        // What is for a key of before is sent no more: who changes a key may have lost the old one to somebody.
        var keyId = partner.Key?.ToEncrypt().Kid;
        if (cleared.Entry.Recorded.Enclosed is not { } values)
            return cleared.Entry.Recorded.Type == CustomerSharedData.EventType ? OfNobody(cleared, keyId) : cleared;
        if (await vault.OpenAsync(values, cancellationToken) is not Opened<EnclosedValues>.Clear(var known)) return null;
        var present = known.Members.Where(member => PartnerCipher.KeyIdOf(member.Jwe) == keyId).ToDictionary(
            member => member.Name,
            member => JsonSerializer.SerializeToElement(new EncryptedValue(member.Jwe), Json),
            StringComparer.Ordinal);
        string[] fields = [.. cleared.Fields.Where(present.ContainsKey)];
        return fields.Length == 0 ? null : cleared with { Fields = fields, Enclosed = present };
    }

    /// <summary>Who a synthetic person is stands in the entry itself, encrypted for the partner.</summary>
    private static Cleared? OfNobody(Cleared cleared, string? keyId)
    {
        string[] fields =
        [
            .. cleared.Fields.Where(field => cleared.Entry.Recorded.Data.TryGetProperty(field, out var value)
                && PartnerCipher.KeyIdOf(value.Deserialize<EncryptedValue>(Json)!.Jwe) == keyId),
        ];
        return fields.Length == 0 ? null : cleared with { Fields = fields };
    }
}
