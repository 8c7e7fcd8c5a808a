using Npgsql;

namespace EPerfect.Orders.Payment.Embedded;

/// <summary>A payment provider in the house, for one machine, demonstrations and tests. Durable and honest: what it did
/// stands in its ledger, once per idempotency key, however it answered.</summary>
internal sealed class EmbeddedPaymentGateway(NpgsqlDataSource database, TimeProvider clock) : IPaymentGateway
{
    public Task<PaymentAnswer> AuthoriseAsync(
        Guid key, string token, decimal amount, string currency, CancellationToken ct)
    {
        var call = new GatewayCall(LedgerKind.Authorisation, key, amount, currency, TestToken.Of(token));
        return AnswerAsync(call, RefusalAsync, ct);

        async Task<string?> RefusalAsync(PaymentLedger ledger) =>
            call.Test is null ? "token-unknown" : await VoidedAsync(ledger, key, ct);
    }

    public async Task<PaymentAnswer> CaptureAsync(
        Guid key, string authorisationId, decimal amount, CancellationToken ct)
    {
        var held = await FindAsync(authorisationId, ct);
        var call = GatewayCall.About(held, LedgerKind.Capture, key, amount, authorisationId);
        return await AnswerAsync(call, RefusalAsync, ct);

        async Task<string?> RefusalAsync(PaymentLedger ledger)
        {
            if (held is not { IsApproved: true }) return "authorisation-unknown";
            return amount > held.Amount ? "exceeds-authorisation" : await VoidedAsync(ledger, held.Key, ct);
        }
    }

    public async Task<PaymentAnswer> VoidAsync(Guid authorisationKey, CancellationToken ct)
    {
        var authorisation = GatewayCall.ReferenceOf(LedgerKind.Authorisation, authorisationKey);
        var held = await FindAsync(authorisation, ct);
        var call = GatewayCall.About(held, LedgerKind.Void, authorisationKey, amount: 0, authorisation);
        return await AnswerAsync(call, RefusalAsync, ct);

        async Task<string?> RefusalAsync(PaymentLedger ledger)
        {
            var captured = await ledger.FindAsync(LedgerKind.Capture, authorisationKey, ct);
            return captured is { IsApproved: true } ? "captured" : null;
        }
    }

    public async Task<PaymentAnswer> RefundAsync(Guid key, string captureId, decimal amount, CancellationToken ct)
    {
        var captured = await FindAsync(captureId, ct);
        var call = GatewayCall.About(captured, LedgerKind.Refund, key, amount, captureId);
        return await AnswerAsync(call, RefusalAsync, ct);

        async Task<string?> RefusalAsync(PaymentLedger ledger)
        {
            if (captured is not { IsApproved: true }) return "capture-unknown";
            return await ledger.RefundedAsync(captureId, ct) + amount > captured.Amount ? "exceeds-capture" : null;
        }
    }

    private static async Task<string?> VoidedAsync(PaymentLedger ledger, Guid key, CancellationToken ct) =>
        await ledger.FindAsync(LedgerKind.Void, key, ct) is { IsApproved: true } ? "voided" : null;

    private async Task<LedgerEntry?> FindAsync(string reference, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await new PaymentLedger(connection).FindAsync(reference, ct);
    }

    private async Task<PaymentAnswer> AnswerAsync(
        GatewayCall call, Func<PaymentLedger, Task<string?>> refusal, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var ledger = new PaymentLedger(connection);
        var now = clock.GetUtcNow();
        var (nth, entry) = await ledger.EnterAsync(call, now, ct);
        var breaksDown = entry is null && call.Test?.FailsBefore(nth) == true;
        if (entry is null && !breaksDown)
        {
            entry = call.Entry(await refusal(ledger) ?? call.Test?.DeclineReason(call.Kind));
            await ledger.AddAsync(entry, now, ct);
        }

        await transaction.CommitAsync(ct);
        if (entry is null) throw new NoAnswerException("gateway-unavailable");
        if (entry.Amount != call.Amount)
            throw new InvalidOperationException("An idempotency key was used again for another amount.");
        if (call.Test?.IsSilentAfter(call.Kind, nth) == true) throw new NoAnswerException("gateway-timeout");
        return entry.Answer;
    }
}
