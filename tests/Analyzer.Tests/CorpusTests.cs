using EPerfect.Testing;

namespace EPerfect.Analyzer.Tests;

/// <summary>Seeded violations, each marked on its line with the rule that refuses it; and code that is innocent.</summary>
public sealed class CorpusTests
{
    public static TheoryData<string> Refused => [.. Compiled.Names("Refused")];

    public static TheoryData<string> Innocent => [.. Compiled.Names("Innocent")];

    [Theory, Control("S4")]
    [MemberData(nameof(Refused))]
    public async Task Each_seeded_violation_is_found_and_nothing_else(string file)
    {
        var code = await Compiled.FileAsync(file);

        code.Errors.ShouldBeEmpty();
        code.Expected.ShouldNotBeEmpty();
        code.Said.ShouldBe(code.Expected);
    }

    [Theory]
    [MemberData(nameof(Innocent))]
    public async Task Innocent_code_is_left_alone(string file)
    {
        var code = await Compiled.FileAsync(file);

        code.Errors.ShouldBeEmpty();
        code.Found.Select(found => found.ToString()).ShouldBeEmpty();
    }

    [Fact, Control("S4")]
    public async Task A_violation_breaks_the_build_and_names_the_member()
    {
        var code = await Compiled.SourceAsync("""
            using EPerfect.ServiceDefaults;
            public sealed record AccountOpened(string Email);
            public static class M { public static void D() => new ServiceDefinition("a").Event<AccountOpened>("account_opened"); }
            """);

        var found = code.Found.ShouldHaveSingleItem();
        found.Severity.ShouldBe(Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
        found.GetMessage().ShouldContain("AccountOpened.Email looks like personal data (its name says email)");
    }
}
