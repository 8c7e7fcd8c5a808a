using EPerfect.Testing;

namespace EPerfect.Chaos.Tests;

/// <summary>Two processes of Accounts and two gateways serve one person in turn. One of each is killed in the middle of the
/// session, then the other: the person stays signed in and goes on.</summary>
public sealed class TwoOfEachTests : IAsyncLifetime
{
    private readonly RunningPlatform platform = RunningPlatform.WithTwo("accounts", "gateway");

    public ValueTask InitializeAsync() => platform.InitializeAsync();

    public ValueTask DisposeAsync() => platform.DisposeAsync();

    [Theory]
    [InlineData("accounts", "gateway-2")]
    [InlineData("accounts-2", "gateway")]
    public async Task Given_a_session_When_one_of_each_is_killed_Then_it_goes_on(string accounts, string gateway)
    {
        using var customer = new TestCustomer(platform);
        await customer.OpenAccountAsync();
        await ReadAsync(customer);

        await Task.WhenAll(platform.KillAsync(accounts), platform.KillAsync(gateway));

        await ReadAsync(customer);
        await customer.RefreshAsync();
        await customer.ReturnAsync();
        await ReadAsync(customer);
    }

    private static async Task ReadAsync(TestCustomer customer)
    {
        for (var i = 0; i < 10; i++)
        {
            (await customer.ReadAsync($"/api/accounts/{customer.AccountId}"))["id"]!.GetValue<Guid>()
                .ShouldBe(customer.AccountId);
        }
    }
}
