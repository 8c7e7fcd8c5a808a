using System.Buffers.Text;
using System.Text;
using EPerfect.Testing;

namespace EPerfect.Operations.Tests;

/// <summary>What no browser sends by itself.</summary>
public sealed class RefusingForms(PostgresServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Reason", "incident:\0")]
    [InlineData("What", "stop\0")]
    [InlineData("Key", "a\r\nX-Other: 1")]
    [InlineData("Key", "\u00E9")]
    [InlineData("Key", "")]
    public async Task Such_a_form_is_refused_and_orders_nothing(string field, string value)
    {
        await using var orders = await TestService.StartAsync(StandIn.Orders(), postgres);
        await using var operations = await OperationsOver.StartAsync(orders.Issuer, ("orders", orders.Client.BaseAddress!));
        using var browser = operations.Browser(orders.Issuer.Token(staff: ["operator"]));
        var form = ShowingPages.FieldsOf(await browser.GetStringAsync("/operations/order?what=stop&of=charge", Token));
        form["Reason"] = "incident:1";
        form[field] = value;

        var answer = await ShowingPages.PostAsync(browser, form);

        ((int)answer.StatusCode).ShouldBe(400);
        (await ShowingPages.IsStoppedAsync(browser)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("?to=/operations/%C3%A9")]
    [InlineData("?to=/operations/%0D%0AX:1")]
    [InlineData("?to=//evil.example")]
    [InlineData("")]
    public async Task Who_signs_in_is_sent_nowhere_that_no_header_can_name(string to)
    {
        await using var issuer = await TestIssuer.StartAsync(cancellationToken: Token);
        await using var operations = await OperationsOver.StartAsync(issuer, ("orders", StandIn.Nowhere()));
        using var browser = operations.Browser(token: null);

        var answer = await browser.GetAsync($"/operations/sign-in{to}", Token);

        var place = answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0].Split('.')[^1];
        Encoding.UTF8.GetString(Base64Url.DecodeFromChars(place)).ShouldBe("/operations");
    }
}
