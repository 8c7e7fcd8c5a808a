using System.Reflection;
using System.Reflection.Emit;

namespace EPerfect.Domains.Tests.Rdap;

/// <summary>
/// The types that a namespace's code comes to know: in its signatures and fields, in what it calls, and in what that
/// calls within the service.
/// </summary>
internal static class CodeReach
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static
        | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    private static readonly Assembly Service = typeof(DomainsModule).Assembly;

    public static IReadOnlySet<Type> From(string @namespace)
    {
        var reached = new HashSet<Type>();
        var seen = new HashSet<MethodBase>();
        var own = Service.GetTypes().Where(type => type.Namespace == @namespace);
        var open = new Queue<MethodBase>(own.SelectMany(MethodsOf));
        while (open.TryDequeue(out var method))
        {
            if (!seen.Add(method)) continue;
            Add(reached, method);
            foreach (var member in Mentioned(method))
            {
                Add(reached, member);
                var type = member as Type ?? member.DeclaringType!;
                if (type.Assembly != Service) continue;
                if (member is MethodBase called) open.Enqueue(called);
                // What async methods and lambdas compile to.
                if (type.Name.StartsWith('<')) MethodsOf(type).ToList().ForEach(open.Enqueue);
            }
        }

        return reached;
    }

    private static IEnumerable<MethodBase> MethodsOf(Type type) => type.GetMembers(All).OfType<MethodBase>();

    private static void Add(HashSet<Type> reached, MemberInfo member)
    {
        if (member is MethodBase method) AddSignature(reached, method);
        if (member.DeclaringType is { } declaring) Add(reached, declaring);
        if (member is FieldInfo field) Add(reached, field.FieldType);
        if (member is not Type type) return;
        if (type.HasElementType) Add(reached, type.GetElementType()!);
        if (!reached.Add(type)) return;
        foreach (var argument in type.GetGenericArguments()) Add(reached, argument);
    }

    private static void AddSignature(HashSet<Type> reached, MethodBase method)
    {
        foreach (var parameter in method.GetParameters()) Add(reached, parameter.ParameterType);
        if (method is MethodInfo { ReturnType: var result }) Add(reached, result);
        if (method.IsGenericMethod) foreach (var argument in method.GetGenericArguments()) Add(reached, argument);
    }

    private static IEnumerable<MemberInfo> Mentioned(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } il) yield break;
        for (var at = 0; at < il.Length;)
        {
            var code = OpCodesByValue[il[at] == 0xFE ? (short)(0xFE00 | il[at + 1]) : il[at]];
            at += code.Size;
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineType or OperandType.InlineField
                or OperandType.InlineTok)
            {
                yield return method.Module.ResolveMember(
                    BitConverter.ToInt32(il, at),
                    method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null,
                    method.IsGenericMethod ? method.GetGenericArguments() : null)!;
            }

            at += SizeOf(code.OperandType, il, at);
        }
    }

    private static int SizeOf(OperandType operand, byte[] il, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
        _ => 4,
    };
}
