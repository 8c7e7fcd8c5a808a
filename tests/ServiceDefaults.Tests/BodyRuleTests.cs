using System.Text;

namespace EPerfect.ServiceDefaults.Tests;

/// <summary>What no body of any request holds, wherever in it.</summary>
public sealed class BodyRuleTests
{
    [Theory]
    [InlineData("""{"types":[null]}""", "/types")]
    [InlineData("""{"types":["a",null]}""", "/types")]
    [InlineData("""{"types":[[],[null]]}""", "/types")]
    [InlineData("""{"events":[{"type":"a","fields":[]},null]}""", "/fields")]
    [InlineData("""{"events":[{"type":"a","fields":[null]}]}""", "/fields")]
    [InlineData("[null]", "")]
    [InlineData("null", "")]
    public void Given_null_in_a_list_Then_the_body_is_malformed(string body, string pointer) =>
        (Of(body)!.Status, Of(body)!.Code, Of(body)!.Pointer).ShouldBe((400, "malformed-request", pointer));

    [Theory]
    [InlineData("""{"kid":"\u0000"}""", "/kid")]
    [InlineData("""{"key":{"kid":"a\u0000b"}}""", "/kid")]
    [InlineData("""{"types":["a","\u0000"]}""", "/types")]
    [InlineData("""{"a\u0000":1}""", "")]
    public void Given_U0000_in_a_text_Then_it_is_invalid(string body, string pointer) =>
        (Of(body)!.Status, Of(body)!.Code, Of(body)!.Pointer).ShouldBe((422, "text-invalid", pointer));

    [Theory]
    [InlineData("""{"a":null}""")]
    [InlineData("""{"a":[{"b":null},{"b":null}],"c":null}""")]
    [InlineData("""{"a":[],"b":"\\u0000 \u0001","c":[""]}""")]
    [InlineData("")]
    public void Given_nothing_of_that_kind_Then_nothing_is_refused(string body) => Of(body).ShouldBeNull();

    private static Refusal? Of(string body) => BodyRules.WhyNot(Encoding.UTF8.GetBytes(body));
}
