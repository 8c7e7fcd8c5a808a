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

    /// <summary>Killed after it was kept and before it was printed: nobody has it.</summary>
    [Fact]
    public async Task A_password_that_was_told_to_nobody_is_replaced_until_the_operator_has_come_in()
    {
        await using var accounts = await TestService.StartAsync(AccountsModule.Define(), postgres, cancellationToken: Token);
        var lost = await AppointAsync(accounts);

        var told = await AppointAsync(accounts);

        told.ShouldNotBe(lost);
        await ShouldBeOperatorAsync(accounts, told!);
        await ComeInAsync(accounts);
        (await AppointAsync(accounts)).ShouldBeNull();
        await using var session = accounts.Services.GetRequiredService<IDocumentStore>().QuerySession();
        (await session.Events.QueryAllRawEvents().CountAsync(e => e.EventTypeName == "staff_appointed", Token)).ShouldBe(1);
    }

    private static async Task ComeInAsync(TestService accounts)
    {
        await using var scope = accounts.Services.CreateAsyncScope();
        var login = (await scope.ServiceProvider.GetRequiredService<Logins>().FindAsync(Email, Token))!;
        login.MustChangePassword = false;
        (await scope.ServiceProvider.GetRequiredService<UserManager<Login>>().UpdateAsync(login)).Succeeded.ShouldBeTrue();
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
