using Xunit.v3;

namespace EPerfect.Testing;

/// <summary>
/// Says which sentences of the privacy policy a test holds, by the ids of <c>services/Privacy/Documents/Texts</c>. Only
/// what the test would notice if it were not so. Architecture.Tests keeps the list of them for the coverage page.
/// </summary>
/// <param name="sentences">Such as <c>S5</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ControlAttribute(params string[] sentences) : Attribute, ITraitAttribute
{
    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() =>
        [.. sentences.Select(sentence => KeyValuePair.Create("Control", sentence))];
}
