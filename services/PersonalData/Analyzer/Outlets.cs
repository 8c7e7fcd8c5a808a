using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace EPerfect.PersonalData.Analyzer;

/// <summary>Where values leave into logs, traces and metrics.</summary>
internal static class Outlets
{
    private const string Logging = "Microsoft.Extensions.Logging";

    private static readonly char[] NameEnds = { '}', ':', ',' };

    private static readonly HashSet<string> ActivityCalls = new()
    {
        "SetTag", "AddTag", "SetBaggage", "AddBaggage", "SetStatus", "AddEvent", "SetCustomProperty",
    };

    /// <summary>Values that a call writes to the log.</summary>
    public static IEnumerable<IOperation> Logged(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var holder = method.ContainingType;
        var writes = holder is not null && holder.ContainingNamespace?.ToDisplayString() == Logging
            && (holder.Name is "LoggerExtensions" or "ILogger"
                || (holder.Name == "LoggerMessage" && method.Name.StartsWith("Define")));
        return writes ? ValuesOf(call).Where(value => !IsPlumbing(value)) : Enumerable.Empty<IOperation>();
    }

    /// <summary>Keys and values that a call makes tags of.</summary>
    public static IEnumerable<IOperation> Tagged(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var holder = method.ContainingType?.Name;
        var tags = (holder == "Activity" && ActivityCalls.Contains(method.Name))
            || (holder is "TagList" or "ActivityTagsCollection" && method.Name is "Add")
            || (holder == "KeyValuePair" && method.Name == "Create" && IsTag(call.Type));
        return tags ? ValuesOf(call) : Enumerable.Empty<IOperation>();
    }

    /// <summary>Keys and values of a tag that is made.</summary>
    public static IEnumerable<IOperation> Tagged(IObjectCreationOperation made) =>
        IsTag(made.Type) ? made.Arguments.Select(argument => argument.Value) : Enumerable.Empty<IOperation>();

    /// <summary>The names in braces of a message's template: <c>Mail to {Email}</c>.</summary>
    public static IEnumerable<string> Placeholders(string template)
    {
        for (var open = template.IndexOf('{'); open >= 0; open = template.IndexOf('{', open + 1))
        {
            var close = template.IndexOfAny(NameEnds, open);
            if (close > open + 1) yield return template.Substring(open + 1, close - open - 1).TrimStart('@', '$', '{');
        }
    }

    public static bool IsLogMessage(IMethodSymbol method) =>
        method.GetAttributes().Any(one => one.AttributeClass?.Name == "LoggerMessageAttribute");

    // Tags are pairs of a name and any object.
    private static bool IsTag(ITypeSymbol? type) => type is INamedTypeSymbol { Name: "KeyValuePair" } pair
        && pair.TypeArguments.Length == 2
        && pair.TypeArguments[0].SpecialType == SpecialType.System_String
        && pair.TypeArguments[1].SpecialType == SpecialType.System_Object;

    private static IEnumerable<IOperation> ValuesOf(IInvocationOperation call) => call.Arguments
        .Where(argument => argument.ArgumentKind != ArgumentKind.DefaultValue)
        .SelectMany(argument => argument.Value is IArrayCreationOperation { IsImplicit: true, Initializer: { } list }
            ? (IEnumerable<IOperation>)list.ElementValues
            : new[] { argument.Value });

    private static bool IsPlumbing(IOperation value) => value.Type is { } type
        && (type.Name is "ILogger" or "LogLevel" or "EventId" || type.AllInterfaces.Any(one => one.Name == "ILogger"));
}
