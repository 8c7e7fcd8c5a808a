using Microsoft.CodeAnalysis;

namespace EPerfect.PersonalData.Analyzer;

/// <summary>What is refused.</summary>
internal static class Rules
{
    private const string Category = "Privacy";

    public static readonly DiagnosticDescriptor Stored = new(
        "EPD001",
        "Personal data rests or travels undeclared",
        "{0} looks like personal data ({1}) and is stored or sent: seal it, declare it with [InClear<T>], "
        + "or say why it is none with [NotPersonal(\"...\")]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor Logged = new(
        "EPD002",
        "Personal data is logged",
        "{0} looks like personal data ({1}) and is logged: log an opaque id instead, or say why it is none with "
        + "[NotPersonal(\"...\")]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor Tagged = new(
        "EPD003",
        "Personal data is in a trace or a metric",
        "{0} looks like personal data ({1}) and becomes a tag: use an opaque id instead, or say why it is none with "
        + "[NotPersonal(\"...\")]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor Undeclared = new(
        "EPD004",
        "A field of personal data is not declared",
        "{0} is a field of personal data: declare it with [Datum(DataCategory..., \"...\")]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);
}
