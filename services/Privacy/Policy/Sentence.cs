namespace EPerfect.Privacy.Policy;

/// <summary>A stretch of the privacy policy, exactly as it stands there.</summary>
/// <param name="Text">The words.</param>
/// <param name="Id">Stable; null for a heading, which promises nothing.</param>
/// <param name="Open">What is still missing before it is held.</param>
/// <param name="Contradicted">How what we do, rightly, differs from what it says: the text is to be changed.</param>
/// <param name="Claims">What it says, one by one, where a check of the whole would not be missed if another stayed.</param>
internal sealed record Sentence(
    string Text,
    string? Id = null,
    string? Open = null,
    string? Contradicted = null,
    IReadOnlyList<string>? Claims = null);
