using System.Reflection;
using System.Text.RegularExpressions;
using EPerfect.PersonalData;
using EPerfect.Testing;

namespace EPerfect.Architecture.Tests;

/// <summary>What is stored for ever is named on purpose and holds no personal datum in clear.</summary>
public sealed partial class EventRules
{
    public static TheoryData<string> Services => [.. Modules.Services.Select(service => service.Definition.Name)];

    [Theory]
    [MemberData(nameof(Services))]
    public void Each_event_that_an_aggregate_folds_is_registered_under_a_name(string service)
    {
        var (registered, folded) = EventsOf(service);

        folded.Except(registered.Keys).Select(type => type.FullName).ShouldBeEmpty();
        registered.Values.ShouldAllBe(name => SnakeCase().IsMatch(name));
    }

    [Theory, Control("S4", "M1")]
    [MemberData(nameof(Services))]
    public void An_event_holds_personal_data_sealed_or_not_at_all(string service) =>
        Exposure.In(EventsOf(service).Registered.Keys).ShouldBeEmpty();

    private static (IReadOnlyDictionary<Type, string> Registered, Type[] Folded) EventsOf(string name)
    {
        var (definition, assembly) = Modules.Services.Single(service => service.Definition.Name == name);
        var folded = assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static))
            .Where(method => method.Name is "Apply" or "Create" && method.ReturnType == method.DeclaringType)
            .Where(method => method.GetParameters() is [var only] && only.ParameterType.Assembly == assembly)
            .Select(method => method.GetParameters()[0].ParameterType)
            .Distinct()
            .ToArray();
        return (definition.Events, folded);
    }

    [GeneratedRegex("^[a-z]+(_[a-z0-9]+)*$", RegexOptions.ExplicitCapture)]
    private static partial Regex SnakeCase();
}
