using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace EPerfect.ServiceDefaults;

/// <summary>One thing that is held, as an export tells it: one line of a part.</summary>
/// <param name="Source">What it is: an event's stored name, or a table's.</param>
/// <param name="Id">The stream, document or row.</param>
/// <param name="At">When it came to be; null if that is not kept.</param>
/// <param name="Data">What it says about the person.</param>
/// <param name="Facts">What else is in it: ids, times, states.</param>
/// <param name="Withheld">Why nothing more is told of it: one of <see cref="WithheldReasons"/>.</param>
public sealed record ToldHolding(
    string Source,
    string Id,
    DateTimeOffset? At,
    IReadOnlyList<ToldDatum> Data,
    JsonObject? Facts = null,
    string? Withheld = null)
{
    /// <summary>Never what it says.</summary>
    /// <returns>The source.</returns>
    public override string ToString() => Source;
}

/// <summary>One value that says something about the person, and the terms on which it is kept.</summary>
/// <param name="Field">Its declaration: the alias, and where it stands in it, such as <c>registrant.address.city</c>.</param>
/// <param name="Category">What it tells about the person.</param>
/// <param name="Description">What it is, in words.</param>
/// <param name="Group">What it is erased together with.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="LegalBasis">The ground in law.</param>
/// <param name="Retention">How long it is kept.</param>
/// <param name="State"><c>clear</c>, <c>erased</c> or <c>withheld</c>.</param>
/// <param name="Value">The value; null also where there is none.</param>
/// <param name="Reason">Why it is withheld.</param>
public sealed record ToldDatum(
    string Field,
    string Category,
    string Description,
    string Group,
    string Purpose,
    string LegalBasis,
    string Retention,
    string State,
    JsonNode? Value = null,
    string? Reason = null)
{
    /// <summary>The value can be read.</summary>
    public const string Clear = "clear";

    /// <summary>Its key was destroyed: nobody can read it any more.</summary>
    public const string Erased = "erased";

    /// <summary>It is there, and not told; see <see cref="Reason"/>.</summary>
    public const string Held = "withheld";

    /// <summary>Never the value.</summary>
    /// <returns>The field.</returns>
    public override string ToString() => Field;
}

/// <summary>How the lines of a part are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ToldHolding))]
public sealed partial class ToldJson : JsonSerializerContext;
