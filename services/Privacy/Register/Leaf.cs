using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using EPerfect.PersonalData;
using EPerfect.Privacy.Register.Recording;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Register;

/// <summary>
/// An entry as it is hashed: the same bytes for ever, whatever becomes of event names and serialisers. What says something
/// about a person is in it as ciphertext only.
/// </summary>
internal sealed record Leaf(Guid OpeningId, Guid AccountId, string Service, DateTimeOffset OpenedAt, string? Details)
{
    public static Leaf Of(OpeningRecorded e) =>
        new(e.OpeningId, e.AccountId, e.Service, e.OpenedAt.ToUniversalTime(), e.Details?.Envelope);

    public Sealed<OpeningDetails>? SealedDetails =>
        Details is null ? null : Sealed.Parse<OpeningDetails>(Details);

    public string Text()
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("openingId", OpeningId);
            json.WriteString("accountId", AccountId);
            json.WriteString("service", Service);
            json.WriteString("openedAt", OpenedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("details", Details);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <summary>An entry of our own tables.</summary>
    public static Leaf Read(string text) =>
        Parse(text) ?? throw new TamperSuspectedException("An entry of the register is not one.");

    public static Leaf? Parse(string text)
    {
        try
        {
            var leaf = JsonSerializer.Deserialize<Leaf>(text, JsonSerializerOptions.Web);
            return leaf?.Text() == text ? leaf : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
