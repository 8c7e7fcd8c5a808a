using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;

namespace EPerfect.Architecture.Tests;

/// <summary>Each declared datum is removed by something that runs, in the service that declares it.</summary>
public sealed class RetentionExecution
{
    public static TheoryData<string, string> Declared => new(
        from service in Modules.Services
        from one in Declarations.Of(service.Assembly).Select(sealed_ => (sealed_.Alias, sealed_.Retention))
            .Concat(Declarations.InClear(service.Assembly).Select(clear => (clear.Alias, clear.Retention)))
        select (service.Definition.Name, one.Alias));

    [Theory, Control("S4", "S6", "M11")]
    [MemberData(nameof(Declared))]
    public void What_is_declared_has_a_rule_that_something_executes(string service, string alias)
    {
        var (definition, assembly) = Modules.Services.Single(one => one.Definition.Name == service);
        var rule = Declarations.Of(assembly).Where(one => one.Alias == alias).Select(one => one.Retention)
            .Concat(Declarations.InClear(assembly).Where(one => one.Alias == alias).Select(one => one.Retention))
            .Single();

        var by = definition.Retained.Where(one => one.Rule.Rule == rule.Rule).Select(one => one.By).ToList();

        by.ShouldNotBeEmpty();
        by.ShouldAllBe(one => one.IsAssignableTo(typeof(IRetentionSweep)) || definition.DeadlineHandlers.Values.Contains(one));
    }

    [Fact, Control("S4")]
    public void Without_what_executes_it_no_service_starts() => Modules.Services.ShouldAllBe(
        service => !RetentionCheck.Faults(service.Definition).Any());
}
