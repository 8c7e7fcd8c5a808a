using EPerfect.Testing;

namespace EPerfect.PersonalData.Tests;

public sealed class DeclarationsTests
{
    private static readonly Declaration Good = Holder.Declared;

    [Fact]
    public void All_declarations_of_an_assembly_are_found_by_alias()
    {
        var faults = Should.Throw<InvalidOperationException>(() => Declarations.Of(typeof(Holder).Assembly));

        faults.Message.ShouldContain("Customer and Holder share the alias 'holder'");
        Declarations.Of(typeof(Declarations).Assembly).ShouldBeEmpty();
    }

    [Fact]
    public void A_complete_set_has_no_faults() =>
        Declarations.Check([(typeof(Holder), Good), (typeof(Proxy), Proxy.Declared)]).ShouldBeEmpty();

    [Fact]
    public void An_alias_belongs_to_one_type() =>
        Declarations.Check([(typeof(Holder), Good), (typeof(Proxy), Good)])
            .ShouldBe(["Holder and Proxy share the alias 'holder'"]);

    [Fact, Control("S4")]
    public void Every_term_is_stated() =>
        Declarations.Check([(typeof(Holder), new Declaration("holder", DataGroup.Identity, "", " ", null!))])
            .ShouldBe(["Holder has no purpose", "Holder has no legal basis", "Holder has no retention"]);

    [Fact]
    public void A_group_is_chosen() =>
        Declarations.Check([(typeof(Holder), Good with { Group = default })]).ShouldBe(["Holder is in no group"]);

    [Theory]
    [InlineData("")]
    [InlineData("Holder")]
    [InlineData("account|holder")]
    [InlineData("account holder")]
    [InlineData("-holder")]
    public void An_alias_is_lower_case_words(string alias) =>
        Declarations.Check([(typeof(Holder), Good with { Alias = alias })]).Count.ShouldBe(1);
}
