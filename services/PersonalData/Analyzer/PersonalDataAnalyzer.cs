using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EPerfect.PersonalData.Analyzer;

/// <summary>Refuses what looks like personal data where nobody declared it: in what is stored or sent, logged or
/// traced.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PersonalDataAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Rules.Stored, Rules.Logged, Rules.Tagged, Rules.Undeclared);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(CheckFields, SymbolKind.NamedType);
        context.RegisterSymbolAction(CheckLogMessage, SymbolKind.Method);
        context.RegisterOperationAction(CheckCall, OperationKind.Invocation);
        context.RegisterOperationAction(CheckTag, OperationKind.ObjectCreation);
        context.RegisterCompilationStartAction(FindStored);
    }

    private static void FindStored(CompilationStartAnalysisContext context)
    {
        var roots = new ConcurrentBag<(ITypeSymbol Type, Location Place)>();
        var ignored = new ConcurrentBag<ISymbol>();
        context.RegisterOperationAction(
            found =>
            {
                var call = (IInvocationOperation)found.Operation;
                if (Roots.Of(call) is { } root) roots.Add((root, call.Syntax.GetLocation()));
                if (Roots.Ignored(call) is { } member) ignored.Add(member);
            },
            OperationKind.Invocation);
        context.RegisterSymbolAction(
            found =>
            {
                var type = (INamedTypeSymbol)found.Symbol;
                foreach (var root in Roots.Of(type)) roots.Add((root, type.Locations[0]));
            },
            SymbolKind.NamedType);
        context.RegisterCompilationEndAction(end => Report(end, roots, ignored));
    }

    private static void Report(
        CompilationAnalysisContext context, IEnumerable<(ITypeSymbol Type, Location Place)> roots, IEnumerable<ISymbol> ignored)
    {
        var leftOut = new HashSet<ISymbol>(ignored, SymbolEqualityComparer.Default);
        var told = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var (type, place) in roots)
        {
            foreach (var found in Members.Personal(type, leftOut).Where(found => told.Add(found.Member)))
            {
                var source = found.Member.Locations.FirstOrDefault(location => location.IsInSource) ?? place;
                context.ReportDiagnostic(Diagnostic.Create(Rules.Stored, source, found.Spelled, found.Why));
            }

            if (Types.IsPersonal(type) && told.Add(type))
                context.ReportDiagnostic(Diagnostic.Create(Rules.Stored, place, type.Name, "all of it is"));
        }
    }

    private static void CheckFields(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.IsAbstract || !Types.IsPersonalData(type)) return;
        foreach (var field in Undeclared.In(type))
            context.ReportDiagnostic(Diagnostic.Create(Rules.Undeclared, field.Locations[0], $"{type.Name}.{field.Name}"));
    }

    private static void CheckLogMessage(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (!Outlets.IsLogMessage(method)) return;
        foreach (var parameter in method.Parameters.Where(one => one.Type.Name is not ("ILogger" or "LogLevel")))
        {
            if (Values.Why(parameter, parameter.Type) is { } why)
                context.ReportDiagnostic(Diagnostic.Create(Rules.Logged, parameter.Locations[0], parameter.Name, why));
        }
    }

    private static void CheckCall(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        foreach (var value in Outlets.Logged(call))
        {
            if ((Values.WhyPersonal(value) ?? WhyTemplate(value)) is { } why) Tell(context, Rules.Logged, value, why);
        }

        CheckTags(context, Outlets.Tagged(call));
    }

    private static string? WhyTemplate(IOperation value) => value.ConstantValue is { HasValue: true, Value: string template }
        && Outlets.Placeholders(template).Select(PersonWords.In).FirstOrDefault(found => found is not null) is { } promised
            ? $"its template says {promised}"
            : null;

    private static void CheckTag(OperationAnalysisContext context) =>
        CheckTags(context, Outlets.Tagged((IObjectCreationOperation)context.Operation));

    private static void CheckTags(OperationAnalysisContext context, IEnumerable<IOperation> values)
    {
        foreach (var value in values)
        {
            if ((Values.WhyPersonal(value) ?? Values.WhyKey(value)) is { } why) Tell(context, Rules.Tagged, value, why);
        }
    }

    private static void Tell(OperationAnalysisContext context, DiagnosticDescriptor rule, IOperation value, string why) =>
        context.ReportDiagnostic(Diagnostic.Create(rule, value.Syntax.GetLocation(), value.Syntax.ToString(), why));
}
