namespace EPerfect.Accounts.Tests.Slices;

public sealed class FirstStart(AccountsService accounts) : IClassFixture<AccountsService>
{
    [Fact]
    public async Task On_an_empty_database_nothing_is_complained_of()
    {
        (await accounts.Running.Client.GetAsync("/api/accounts/me/activity")).EnsureSuccessStatusCode();

        accounts.Running.Log.Lines.ShouldNotContain(line => line.StartsWith("Error ") || line.StartsWith("Critical "));
    }
}
