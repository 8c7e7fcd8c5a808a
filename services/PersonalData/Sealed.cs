using System.Diagnostics;
using System.Text.Json.Serialization;

namespace EPerfect.PersonalData;

/// <summary>
/// Personal data as it rests and travels: ciphertext, the subject and the group. It never holds the value nor a key, so
/// it can be stored, sent, compared and printed anywhere. Only a <see cref="Vault"/> makes and opens it.
/// </summary>
/// <typeparam name="T">The personal data inside.</typeparam>
[JsonConverter(typeof(SealedConverterFactory))]
[DebuggerDisplay(Sealed.Mask)]
public sealed class Sealed<T> : ISealed, IEquatable<Sealed<T>>
    where T : IPersonalData
{
    internal Sealed(Envelope parts)
    {
        Parts = parts;
        Envelope = parts.ToString();
    }

    /// <summary>Whose data this is: an opaque id.</summary>
    public Guid Subject => Parts.Subject;

    /// <summary>The group that the value is erased with.</summary>
    public DataGroup Group => Parts.Group;

    /// <summary>
    /// The value's only written form: <c>p1.group.version.subject.base64url(nonce|ciphertext|tag)</c>.
    /// </summary>
    public string Envelope { get; }

    Declaration ISealed.Declared => T.Declared;

    internal Envelope Parts { get; }

    async Task<OpenedValue> ISealed.OpenAsync(Vault vault, RestrictionException? exception, CancellationToken ct) =>
        await vault.OpenAsync(this, exception, ct) switch
        {
            Opened<T>.Clear(var value) => new OpenedValue("clear", value),
            Opened<T>.Restricted => new OpenedValue("restricted", Value: null),
            _ => new OpenedValue("erased", Value: null),
        };

    /// <inheritdoc/>
    public bool Equals(Sealed<T>? other) => string.Equals(Envelope, other?.Envelope, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Sealed<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Envelope);

    /// <summary>Never the value.</summary>
    /// <returns><c>***</c></returns>
    public override string ToString() => Sealed.Mask;
}

/// <summary>Reads sealed values back from their written form.</summary>
public static class Sealed
{
    internal const string Mask = "***";

    /// <summary>Takes an envelope that was stored or received. Touches no key.</summary>
    /// <typeparam name="T">The personal data inside.</typeparam>
    /// <param name="envelope">What <see cref="Sealed{T}.Envelope"/> gave.</param>
    /// <returns>The sealed value.</returns>
    /// <exception cref="TamperSuspectedException">It is not an envelope, to the letter.</exception>
    public static Sealed<T> Parse<T>(string envelope)
        where T : IPersonalData =>
        Envelope.TryParse(envelope, out var parts)
            ? new Sealed<T>(parts)
            : throw new TamperSuspectedException("This is not the envelope of a sealed value.");
}
