using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace EPerfect.PersonalData.Analyzer;

/// <summary>What an expression gives away when it is written to a log or a tag.</summary>
internal static class Values
{
    /// <summary>Why the value is personal; null if it does not look so.</summary>
    public static string? WhyPersonal(IOperation? value) => value switch
    {
        null => null,
        IConversionOperation conversion => WhyPersonal(conversion.Operand),
        IParenthesizedOperation inner => WhyPersonal(inner.Operand),
        IAwaitOperation awaited => WhyPersonal(awaited.Operation),
        ICoalesceOperation either => WhyPersonal(either.Value) ?? WhyPersonal(either.WhenNull),
        IConditionalOperation either => WhyPersonal(either.WhenTrue) ?? WhyPersonal(either.WhenFalse),
        ISwitchExpressionOperation either => either.Arms
            .Select(arm => WhyPersonal(arm.Value)).FirstOrDefault(why => why is not null),
        IConditionalAccessOperation access => WhyPersonal(access.WhenNotNull)
            ?? (IsText(access.WhenNotNull) ? WhyPersonal(access.Operation) : null),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum =>
            WhyPersonal(sum.LeftOperand) ?? WhyPersonal(sum.RightOperand),
        IInterpolatedStringOperation text => text.Parts.OfType<IInterpolationOperation>()
            .Select(part => WhyPersonal(part.Expression)).FirstOrDefault(why => why is not null),
        IArrayCreationOperation { Initializer: { } list } => list.ElementValues
            .Select(WhyPersonal).FirstOrDefault(why => why is not null),
        ICollectionExpressionOperation list => list.Elements.Select(WhyPersonal).FirstOrDefault(why => why is not null),
        IAnonymousObjectCreationOperation thing => thing.Initializers.OfType<ISimpleAssignmentOperation>()
            .Select(part => WhyPersonal(part.Target) ?? WhyPersonal(part.Value)).FirstOrDefault(why => why is not null),
        ITupleOperation tuple => tuple.Elements.Select(WhyPersonal).FirstOrDefault(why => why is not null),
        IPropertyReferenceOperation { Property.IsIndexer: true } item =>
            item.Arguments.Select(argument => WhyKey(argument.Value)).FirstOrDefault(why => why is not null)
            ?? WhyPersonal(item.Instance),
        IPropertyReferenceOperation property => Why(property.Property, property.Type),
        IFieldReferenceOperation field => Why(field.Field, field.Type),
        ILocalReferenceOperation local => Why(local.Local, local.Type),
        IParameterReferenceOperation parameter => Why(parameter.Parameter, parameter.Type),
        IArrayElementReferenceOperation element => WhyPersonal(element.ArrayReference),
        IInvocationOperation call => Why(call),
        { ConstantValue.HasValue: true } => null,
        { Type: { } type } => OfType(type),
        _ => null,
    };

    /// <summary>Why a named thing is personal: by its type, its declaration or its name.</summary>
    public static string? Why(ISymbol symbol, ITypeSymbol? type)
    {
        if (type is null || Excuses.IsNotPersonal(symbol)) return null;
        if (symbol is IFieldSymbol { IsConst: true }) return null;
        if (OfType(type) is { } why) return why;
        if (Excuses.IsDatum(symbol)) return "it is declared as such";
        if (Types.PartsOf(type).Any(Types.IsSealed)) return null;
        return PersonWords.In(symbol.Name) is { } promised && Types.CanBe(type, promised) ? $"its name says {promised}" : null;
    }

    /// <summary>Why a key of a tag or a placeholder of a message promises something personal.</summary>
    public static string? WhyKey(IOperation? key) =>
        key?.ConstantValue is { HasValue: true, Value: string name } && PersonWords.In(name) is { } promised
            ? $"its name says {promised}"
            : null;

    private static string? OfType(ITypeSymbol type) =>
        Types.PartsOf(type).FirstOrDefault(Types.IsPersonal) is { } personal ? $"it is of type {personal.Name}"
        : Types.PartsOf(type).Any(part => part.IsRecord && Holds(part)) ? $"{type.Name} holds some"
        : null;

    // A record prints its members.
    private static bool Holds(ITypeSymbol record) => !record.GetMembers("ToString").Any(one => !one.IsImplicitlyDeclared)
        && record.GetMembers().OfType<IPropertySymbol>().Any(property => !property.IsStatic
            && property.DeclaredAccessibility == Accessibility.Public
            && !Excuses.IsDeclared(property)
            && (Types.PartsOf(property.Type).Any(Types.IsPersonal) || Excuses.IsDatum(property)));

    private static string? Why(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.ContainingType?.SpecialType == SpecialType.System_String && method.IsStatic)
            return call.Arguments.Select(argument => WhyPersonal(argument.Value)).FirstOrDefault(why => why is not null);
        if (call.Type is { } type && OfType(type) is { } personal) return personal;
        if (!IsText(call)) return null;
        // email.Trim() is an address still, and so is person.ToString(); hasher.Hash(email) is none.
        var receiver = call.Instance ?? (method.IsExtensionMethod ? call.Arguments.FirstOrDefault()?.Value : null);
        if (receiver is not null && WhyPersonal(receiver) is { } why) return why;
        var name = method.Name.EndsWith("Async") ? method.Name.Substring(0, method.Name.Length - 5) : method.Name;
        return (name.StartsWith("Get") || name.StartsWith("Read") || name.StartsWith("Find") || name.EndsWith("Of"))
            && PersonWords.In(name.EndsWith("Of") ? name.Substring(0, name.Length - 2) : name) is { } promised
            ? $"its name says {promised}"
            : null;
    }

    private static bool IsText(IOperation value) => value.Type is { } type && Types.PartsOf(type).Any(part =>
        part.SpecialType is SpecialType.System_String or SpecialType.System_Object or SpecialType.System_Char);
}
