using EPerfect.Orders.Payment;
using EPerfect.Orders.Tests.Slices;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Orders.Tests.Embedded;

/// <summary>The embedded gateway is honest: what it did can be counted from its side, however it answered.</summary>
[Collection(RunningOrders.Name)]
public sealed class TheEmbeddedGateway(OrdersService orders)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IPaymentGateway Gateway => orders.Service.Services.GetRequiredService<IPaymentGateway>();

    [Fact]
    public async Task Asked_again_with_the_same_key_it_answers_the_same_and_acts_once()
    {
        var key = Guid.NewGuid();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AuthoriseAsync(key)));

        answers.Distinct().ShouldHaveSingleItem().ShouldBeOfType<PaymentAnswer.Approved>();
        (await LedgerAsync("Authorisation", key)).ShouldBe(1);
        (await orders.Service.CountAsync("payment_gateway.calls where idempotency_key = $1", key)).ShouldBe(20);
    }

    [Fact]
    public async Task A_timeout_after_the_charge_has_charged_and_asking_again_does_not_charge_again()
    {
        var key = Guid.NewGuid();
        var held = await HeldAsync(key, "tok_timeout_after_charge");

        (await Should.ThrowAsync<NoAnswerException>(CaptureAsync)).Message.ShouldBe("gateway-timeout");
        (await LedgerAsync("Capture", key)).ShouldBe(1);
        (await CaptureAsync()).ShouldBeOfType<PaymentAnswer.Approved>();
        (await LedgerAsync("Capture", key)).ShouldBe(1);

        Task<PaymentAnswer> CaptureAsync() => Gateway.CaptureAsync(key, held, 5m, Cancellation);
    }

    [Fact]
    public async Task A_call_that_breaks_down_before_has_not_charged()
    {
        var key = Guid.NewGuid();
        for (var i = 0; i < 2; i++) await Should.ThrowAsync<NoAnswerException>(() => AuthoriseAsync(key, "tok_fail_2"));
        (await LedgerAsync("Authorisation", key)).ShouldBe(0);

        (await AuthoriseAsync(key, "tok_fail_2")).ShouldBeOfType<PaymentAnswer.Approved>();
    }

    [Theory]
    [InlineData("tok_decline", "card-declined")]
    [InlineData("tok_nobody_knows", "token-unknown")]
    [InlineData("tok_fail_", "token-unknown")]
    public async Task A_token_may_be_declined(string token, string reason) =>
        (await AuthoriseAsync(Guid.NewGuid(), token)).ShouldBe(new PaymentAnswer.Declined(reason));

    [Fact]
    public async Task What_was_let_go_cannot_be_captured_and_what_was_captured_cannot_be_let_go()
    {
        var (voided, captured) = (Guid.NewGuid(), Guid.NewGuid());
        var (first, second) = (await HeldAsync(voided), await HeldAsync(captured));

        (await Gateway.VoidAsync(voided, Cancellation)).ShouldBeOfType<PaymentAnswer.Approved>();
        (await Gateway.CaptureAsync(voided, first, 5m, Cancellation)).ShouldBe(new PaymentAnswer.Declined("voided"));

        await Gateway.CaptureAsync(captured, second, 5m, Cancellation);
        (await Gateway.VoidAsync(captured, Cancellation)).ShouldBe(new PaymentAnswer.Declined("captured"));
    }

    [Fact]
    public async Task An_authorisation_that_arrives_after_it_was_let_go_is_refused()
    {
        var key = Guid.NewGuid();
        await Gateway.VoidAsync(key, Cancellation);
        (await AuthoriseAsync(key)).ShouldBe(new PaymentAnswer.Declined("voided"));
    }

    [Fact]
    public async Task No_more_is_captured_than_was_held_and_no_more_paid_back_than_was_captured()
    {
        var key = Guid.NewGuid();
        var held = await HeldAsync(key);
        (await Gateway.CaptureAsync(Guid.NewGuid(), held, 5.01m, Cancellation))
            .ShouldBe(new PaymentAnswer.Declined("exceeds-authorisation"));
        var captured = ((PaymentAnswer.Approved)await Gateway.CaptureAsync(key, held, 5m, Cancellation)).Reference;

        var refunds = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            _ => Gateway.RefundAsync(Guid.NewGuid(), captured, 2m, Cancellation)));
        refunds.Count(r => r is PaymentAnswer.Approved).ShouldBe(2);
    }

    [Fact]
    public async Task A_key_used_for_another_amount_is_a_fault()
    {
        var key = Guid.NewGuid();
        await AuthoriseAsync(key);
        await Should.ThrowAsync<InvalidOperationException>(
            () => Gateway.AuthoriseAsync(key, "tok_ok", 6m, "USD", Cancellation));
    }

    private Task<PaymentAnswer> AuthoriseAsync(Guid key, string token = "tok_ok") =>
        Gateway.AuthoriseAsync(key, token, 5m, "USD", Cancellation);

    private async Task<string> HeldAsync(Guid key, string token = "tok_ok") =>
        ((PaymentAnswer.Approved)await AuthoriseAsync(key, token)).Reference;

    private Task<long> LedgerAsync(string kind, Guid key) => orders.Service.CountAsync(
        "payment_gateway.ledger where reason is null and kind = $1 and idempotency_key = $2", kind, key);
}
