using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>A promise that nothing keeps does not start: each declared rule has something that executes it.</summary>
internal static class RetentionCheck
{
    public static IEnumerable<string> Faults(ServiceDefinition definition)
    {
        var rules = definition.Retained.ToLookup(one => one.Rule.Rule, StringComparer.Ordinal);
        foreach (var (alias, rule) in Declared(definition))
        {
            if (!rules[rule.Rule].Any())
                yield return $"nothing executes the retention rule '{rule.Rule}' of '{alias}'";
            else if (rules[rule.Rule].All(one => Terms(one.Rule) != Terms(rule)))
                yield return $"the retention rule '{rule.Rule}' of '{alias}' is executed on other terms";
        }

        foreach (var (rule, by) in definition.Retained)
        {
            if (!by.IsAssignableTo(typeof(IRetentionSweep)) && !definition.DeadlineHandlers.Values.Contains(by))
                yield return $"{by.Name}, which executes the retention rule '{rule.Rule}', never runs";
        }
    }

    private static IEnumerable<(string Alias, Retention Rule)> Declared(ServiceDefinition definition)
    {
        var declared = DeclaredHere.By(definition);
        return declared.Sealed.Select(one => (one.Alias, one.Retention))
            .Concat(declared.InClear.Select(one => (one.Alias, one.Retention)))
            .SelectMany(one => Chain(one.Retention), (one, rule) => (one.Alias, rule));
    }

    private static IEnumerable<Retention> Chain(Retention rule) =>
        rule.Longer is { } longer ? [rule, .. Chain(longer)] : [rule];

    private static (RetentionTrigger Trigger, string Period) Terms(Retention rule) => (rule.Trigger, rule.Period);
}
