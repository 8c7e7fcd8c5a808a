using EPerfect.Contracts.Accounts;
using EPerfect.Contracts.Domains;
using EPerfect.Orders.Customers;
using EPerfect.Orders.Customers.Reactions;
using EPerfect.Orders.Ordering;
using EPerfect.Orders.Registration.Reactions;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.Orders.Tests.Slices;

/// <summary>What Accounts and Domains would say over the broker, and what stands in the outside systems' books.</summary>
internal static class Others
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<Guid> OpenAccountAsync(this TestService service, Guid? id = null)
    {
        var opened = new AccountOpened(id ?? Guid.CreateVersion7(), "customer", 1, DateTimeOffset.UtcNow, 1);
        await service.ChangeAsync<Customer>(opened.AccountId, c => AccountOpenedReaction.Decide(c, opened));
        return opened.AccountId;
    }

    public static Task CloseAccountAsync(this TestService service, Guid id) => service.ChangeAsync<Customer>(
        id, customer => AccountClosedReaction.Decide(customer, new AccountClosed(id, DateTimeOffset.UtcNow, 2)));

    public static Task AnswerAsync(this TestService service, DomainRegistered answer) => service.ChangeAsync<Order>(
        answer.OrderId, order => DomainRegisteredReaction.Decide(order!, answer, DateTimeOffset.UtcNow));

    public static Task AnswerAsync(this TestService service, DomainRegistrationFailed answer) =>
        service.ChangeAsync<Order>(
            answer.OrderId, order => DomainRegistrationFailedReaction.Decide(order!, answer, DateTimeOffset.UtcNow));

    public static async Task<long> CountAsync(this TestService service, string from, params object[] values)
    {
        await using var connection = new NpgsqlConnection(service.Database.Admin);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand($"select count(*) from {from}", connection);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private static Task<Decision> ChangeAsync<T>(this TestService service, Guid id, Func<T?, Decision> decide)
        where T : class =>
        service.Services.GetRequiredService<Writer>().ChangeAsync(id, "test", decide, Cancellation);
}
