using System.Buffers.Text;
using System.Security.Cryptography;
using EPerfect.Accounts.Credentials;
using EPerfect.ServiceDefaults;
using Marten;
using Microsoft.AspNetCore.Identity;

namespace EPerfect.Accounts.Staff;

/// <summary>The command <c>operator E-MAIL</c>: while the company has no operator, somebody has to begin. Makes a login
/// with a password that opens nothing but its own change, and prints it, once.</summary>
internal sealed class FirstOperator(
    IQuerySession session, Logins logins, UserManager<Login> users, Writer writer, TimeProvider time)
{
    private const string Actor = "accounts/first-operator";

    public static async Task<int> RunAsync(ServiceDefinition definition, string email)
    {
        await using var app = ServiceHost.Build(definition, [], builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddScoped<FirstOperator>();
        });
        var writer = app.Services.GetRequiredService<Writer>();
        await writer.StartAsync(CancellationToken.None);
        await using var scope = app.Services.CreateAsyncScope();
        var first = scope.ServiceProvider.GetRequiredService<FirstOperator>();
        var password = await first.AppointAsync(email, CancellationToken.None);
        await writer.StopAsync(CancellationToken.None);
        if (password is not null) Console.WriteLine($"{email} {password}");
        return 0;
    }

    /// <summary>May be cut off anywhere: as long as nobody has come in with the password that was printed, or was not, it
    /// begins anew.</summary>
    /// <returns>The one-time password; null if there is an operator already.</returns>
    public async Task<string?> AppointAsync(string email, CancellationToken ct)
    {
        var roster = await session.LoadAsync<StaffRoster>(StaffRoster.TheOne, ct);
        var login = await logins.FindAsync(email, ct);
        if (roster is { HasOperator: true } && !(login is { MustChangePassword: true } && roster.IsAlone(login.Id)))
            return null;

        var password = NewPassword();
        login ??= (await logins.CreateAsync(email, NewPassword(), verified: true, ct)).Login;
        login.MustChangePassword = true;
        Demand(await users.ResetPasswordAsync(login, await users.GeneratePasswordResetTokenAsync(login), password));
        await writer.WriteAsync(
            StaffRoster.TheOne, Actor,
            (work, ct) => StaffRoster.AppointAsync(
                work, actor: null, login.Id, [StaffRoster.Operator], time.GetUtcNow(), ct),
            ct);
        return password;
    }

    private static string NewPassword() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18));

    private static void Demand(IdentityResult result)
    {
        if (!result.Succeeded)
            throw new InvalidOperationException(string.Join(' ', result.Errors.Select(error => error.Code)));
    }
}
