using System.Collections.Immutable;
using System.Reflection;
using EPerfect.PersonalData.Analyzer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EPerfect.Analyzer.Tests;

/// <summary>A file of the corpus, compiled against the real libraries and looked at by the analyzer.</summary>
internal sealed record Compiled(string Source, ImmutableArray<Diagnostic> Errors, ImmutableArray<Diagnostic> Found)
{
    private const string Mark = "// EPD";

    private static readonly ImmutableArray<MetadataReference> Libraries =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(file => MetadataReference.CreateFromFile(file)),
    ];

    /// <summary>What the analyzer says: line and rule.</summary>
    public IReadOnlyList<string> Said =>
    [
        .. Found.Select(found => $"{found.Location.GetLineSpan().StartLinePosition.Line + 1} {found.Id}")
            .Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>What the lines' marks say that it has to say.</summary>
    public IReadOnlyList<string> Expected =>
    [
        .. Source.Split('\n').Select((line, i) => (line, Number: i + 1))
            .Where(line => line.line.Contains(Mark, StringComparison.Ordinal))
            .Select(line => $"{line.Number} {line.line[(line.line.IndexOf(Mark, StringComparison.Ordinal) + 3)..].Trim()}")
            .Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyList<string> Names(string folder) =>
    [
        .. typeof(Compiled).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    public static async Task<Compiled> FileAsync(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        var assembly = name.Contains("Contracts", StringComparison.Ordinal) ? "Corpus.Contracts" : "Corpus";
        return await SourceAsync(await reader.ReadToEndAsync(), assembly);
    }

    public static async Task<Compiled> SourceAsync(string source, string assembly = "Corpus")
    {
        var compilation = CSharpCompilation.Create(
            assembly,
            [CSharpSyntaxTree.ParseText(source)],
            Libraries,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
                .WithNullableContextOptions(NullableContextOptions.Enable));
        var found = await compilation.WithAnalyzers([new PersonalDataAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        // What a source generator would write is not here: a partial method without a body.
        var errors = compilation.GetDiagnostics().Where(one => one.Severity == DiagnosticSeverity.Error && one.Id != "CS8795");
        return new(source, [.. errors], found);
    }
}
