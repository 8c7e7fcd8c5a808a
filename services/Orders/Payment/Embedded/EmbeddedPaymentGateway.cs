using Npgsql;

namespace EPerfect.Orders.Payment.Embedded;

/// <summary>A payment provider in the house, for one machine, demonstrations and tests. Durable and honest: what it did stands in
/// its ledger, once per idempotency key, however it answered.</summary>
internal sealed class EmbeddedPaymentGateway(NpgsqlDataSource database, TimeProvider clock) : IPaymentGateway
{
    private const string Unknown = "unknown";

    public Task<PaymentAnswer> AuthoriseAsync(
        Guid key, string token, decimal amount, string currency, CancellationToken ct)
    {
        var test = TestToken.Of(token);
        return CallAsync(LedgerKind.Authorisation, key, AuthorisationOf(key), test, amount, async ledger =>
        {
            var voided = await ledger.FindAsync(LedgerKind.Void, key, ct);
            var reason = voided is null ? Decline(test, LedgerKind.Authorisation) : "voided";
            return new(LedgerKind.Authorisation, key, AuthorisationOf(key), null, amount, currency, test?.Name ?? Unknown, reason);
        }, ct);
    }

    public async Task<PaymentAnswer> CaptureAsync(Guid key, string authorisationId, decimal amount, CancellationToken ct)
    {
        var held = await FindAsync(authorisationId, ct);
        var test = TestToken.Of(held?.Behaviour ?? Unknown);
        return await CallAsync(LedgerKind.Capture, key, authorisationId, test, amount, async ledger =>
        {
            var reason = held switch
            {
                not { IsApproved: true } => "authorisation-unknown",
                _ when amount > held.Amount => "exceeds-authorisation",
                _ when await ledger.FindAsync(LedgerKind.Void, held.Key, ct) is not null => "voided",
                _ => Decline(test, LedgerKind.Capture),
            };
            return new(
                LedgerKind.Capture, key, $"capture_{key:N}", authorisationId, amount, held?.Currency ?? "", test?.Name ?? Unknown, reason);
        }, ct);
    }

    public async Task<PaymentAnswer> VoidAsync(Guid authorisationKey, CancellationToken ct)
    {
        var authorisation = AuthorisationOf(authorisationKey);
        var held = await FindAsync(authorisation, ct);
        var test = TestToken.Of(held?.Behaviour ?? Unknown);
        return await CallAsync(LedgerKind.Void, authorisationKey, authorisation, test, held?.Amount ?? 0, async ledger =>
        {
            var captured = await ledger.FindAsync(LedgerKind.Capture, authorisationKey, ct) is { IsApproved: true };
            return new(
                LedgerKind.Void, authorisationKey, $"void_{authorisationKey:N}", authorisation, held?.Amount ?? 0, held?.Currency ?? "",
                test?.Name ?? Unknown, captured ? "captured" : null);
        }, ct);
    }

    public async Task<PaymentAnswer> RefundAsync(Guid key, string captureId, decimal amount, CancellationToken ct)
    {
        var captured = await FindAsync(captureId, ct);
        var test = TestToken.Of(captured?.Behaviour ?? Unknown);
        return await CallAsync(LedgerKind.Refund, key, captureId, test, amount, async ledger =>
        {
            var reason = captured switch
            {
                not { IsApproved: true } => "capture-unknown",
                _ when await ledger.RefundedAsync(captureId, ct) + amount > captured.Amount => "exceeds-capture",
                _ => Decline(test, LedgerKind.Refund),
            };
            return new(
                LedgerKind.Refund, key, $"refund_{key:N}", captureId, amount, captured?.Currency ?? "", test?.Name ?? Unknown, reason);
        }, ct);
    }

    private static string AuthorisationOf(Guid key) => $"authorisation_{key:N}";

    private static string? Decline(TestToken? test, LedgerKind kind) =>
        test is null ? "token-unknown" : test.DeclineReason(kind);

    private async Task<LedgerEntry?> FindAsync(string reference, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        return await new PaymentLedger(connection, transaction).FindAsync(reference, ct);
    }

    private async Task<PaymentAnswer> CallAsync(
        LedgerKind kind,
        Guid key,
        string payment,
        TestToken? test,
        decimal amount,
        Func<PaymentLedger, Task<LedgerEntry>> act,
        CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var ledger = new PaymentLedger(connection, transaction);
        await ledger.LockAsync(payment, ct);
        var now = clock.GetUtcNow();
        var call = await ledger.CallAsync(kind, key, now, ct);
        var entry = await ledger.FindAsync(kind, key, ct);
        var fails = entry is null && test?.FailsBefore(call) == true;
        if (entry is null && !fails)
        {
            entry = await act(ledger);
            await ledger.AddAsync(entry, now, ct);
        }

        await transaction.CommitAsync(ct);
        if (fails) throw new NoAnswerException("gateway-unavailable");
        if (entry!.Amount != amount && kind is not LedgerKind.Void)
            throw new InvalidOperationException("An idempotency key was used again for another amount.");
        return test?.IsSilentAfter(kind, call) == true ? throw new NoAnswerException("gateway-timeout") : entry.Answer;
    }
}
