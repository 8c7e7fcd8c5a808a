using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;

namespace EPerfect.Architecture.Tests;

/// <summary>Each declared datum is removed by something that runs, in the service that declares it.</summary>
public sealed class RetentionExecution
{
    public static TheoryData<string, string> Declared => new(
        from service in Modules.Services
        from one in Of(service.Definition)
        select (service.Definition.Name, one.Alias));

    [Theory, Control("S4", "S6", "M11")]
    [MemberData(nameof(Declared))]
    public void What_is_declared_has_a_rule_that_something_executes(string service, string alias)
    {
        var (definition, _) = Modules.Services.Single(one => one.Definition.Name == service);
        var rule = Of(definition).Single(one => one.Alias == alias).Retention;

        var by = definition.Retained.Where(one => one.Rule.Rule == rule.Rule).Select(one => one.By).ToList();

        by.ShouldNotBeEmpty();
        by.ShouldAllBe(one => one.IsAssignableTo(typeof(IRetentionSweep)) || definition.DeadlineHandlers.Values.Contains(one));
    }

    /// <summary>Who looked at a person's data is stored by every service, and what an erasure looks for.</summary>
    [Fact, Control("S4")]
    public void What_a_service_stores_of_a_library_s_declarations_is_among_its_own() => Modules.Services.ShouldAllBe(
        service => Of(service.Definition).Select(one => one.Alias)
            .Intersect(new[] { OpeningDetails.Declared.Alias, LookedFor.Declared.Alias }).Count() == 2);

    [Fact, Control("S4")]
    public void Without_what_executes_it_no_service_starts() => Modules.Services.ShouldAllBe(
        service => !RetentionCheck.Faults(service.Definition).Any());

    private static IEnumerable<(string Alias, Retention Retention)> Of(ServiceDefinition service)
    {
        var declared = DeclaredHere.By(service);
        return declared.Sealed.Select(one => (one.Alias, one.Retention))
            .Concat(declared.InClear.Select(one => (one.Alias, one.Retention)));
    }
}
