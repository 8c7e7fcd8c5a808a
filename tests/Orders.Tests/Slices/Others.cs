using EPerfect.Contracts.Accounts;
using EPerfect.Contracts.Domains;
using EPerfect.Orders.Customers.Reactions;
using EPerfect.Orders.Registration.Reactions;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.Orders.Tests.Slices;

/// <summary>What Accounts and Domains would say, steps that run again, and what stands in the outside systems' books.</summary>
internal static class Others
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<Guid> OpenAccountAsync(this TestService service, Guid? id = null)
    {
        var opened = new AccountOpened(id ?? Guid.CreateVersion7(), "customer", 1, DateTimeOffset.UtcNow, 1);
        await service.HearAsync(new AccountOpenedReaction(), opened);
        return opened.AccountId;
    }

    public static Task CloseAccountAsync(this TestService service, Guid id) => service.HearAsync(
        new AccountClosedReaction(), new AccountClosed(id, DateTimeOffset.UtcNow, 2));

    public static Task AnswerAsync(this TestService service, DomainRegistered answer) =>
        service.HearAsync(new DomainRegisteredReaction(TimeProvider.System), answer);

    public static Task AnswerAsync(this TestService service, DomainRegistrationFailed answer) =>
        service.HearAsync(new DomainRegistrationFailedReaction(TimeProvider.System), answer);

    /// <summary>Somebody believes that a deadline of the order is theirs.</summary>
    public static async Task RunAsync<THandler>(this TestService service, Guid order)
        where THandler : IDeadlineHandler
    {
        await using var scope = service.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<THandler>()
            .RunAsync(new Deadline(order, "", "", DateTimeOffset.UtcNow), Cancellation);
    }

    public static async Task<long> CountAsync(this TestService service, string from, params object[] values) =>
        (long)(await service.ExecuteAsync($"select count(*) from {from}", values))!;

    public static async Task<object?> ExecuteAsync(this TestService service, string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(service.Database.Admin);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
