using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.Staff;
using EPerfect.Testing;
using Marten;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Accounts.Tests.Staff;

public sealed class BeginningWithAnOperator(PostgresServer postgres)
{
    private const string Email = "operator@eperfect.example";
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_operator_gets_a_password_that_is_told_once_and_must_be_changed()
    {
        await using var accounts = await TestService.StartAsync(AccountsModule.Define(), postgres, cancellationToken: Token);

        var password = await AppointAsync(accounts);
        (await AppointAsync(accounts)).ShouldBeNull();

        password.ShouldNotBeNull();
        await ShouldBeOperatorAsync(accounts, password);
        (await DatabaseText.TablesWithAsync(accounts.Database.Admin, password, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_appointment_that_was_cut_off_begins_anew()
    {
        await using var accounts = await TestService.StartAsync(AccountsModule.Define(), postgres, cancellationToken: Token);
        await using (var scope = accounts.Services.CreateAsyncScope())
        {
            var logins = scope.ServiceProvider.GetRequiredService<Logins>();
            await logins.CreateAsync(Email, "nobody was told this", verified: true, Token);
        }

        var password = await AppointAsync(accounts);

        password.ShouldNotBeNull();
        await ShouldBeOperatorAsync(accounts, password);
    }

    private static async Task<string?> AppointAsync(TestService accounts)
    {
        await using var scope = accounts.Services.CreateAsyncScope();
        return await ActivatorUtilities.CreateInstance<FirstOperator>(scope.ServiceProvider).AppointAsync(Email, Token);
    }

    private static async Task ShouldBeOperatorAsync(TestService accounts, string password)
    {
        await using var scope = accounts.Services.CreateAsyncScope();
        var login = (await scope.ServiceProvider.GetRequiredService<Logins>().FindAsync(Email, Token))!;
        (login.MustChangePassword, login.EmailConfirmed).ShouldBe((true, true));
        (await scope.ServiceProvider.GetRequiredService<UserManager<Login>>().CheckPasswordAsync(login, password)).ShouldBeTrue();
        var session = scope.ServiceProvider.GetRequiredService<IQuerySession>();
        var roster = await session.LoadAsync<StaffRoster>(StaffRoster.TheOne, Token);
        roster!.Members.ShouldHaveSingleItem().Key.ShouldBe(login.Id);
        roster.HasOperator.ShouldBeTrue();
    }
}
