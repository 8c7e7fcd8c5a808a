using EPerfect.Accounts.Staff;
using EPerfect.Accounts.Tests.Slices;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Accounts.Tests.Staff;

internal static class Operators
{
    private const string Email = "first-operator@canary.example";

    /// <summary>The login of the first operator, who stands in the roster from the first call on.</summary>
    public static async Task<Guid> FirstOperatorAsync(this TestService accounts)
    {
        var login = await accounts.LoginAsync(Email);
        await accounts.AppointAsync(login, StaffRoster.Operator);
        return login;
    }

    /// <summary>Talks as a new member of staff, who stands in the roster.</summary>
    public static async Task<HttpClient> StaffAsync(this TestService accounts, string role)
    {
        var person = Guid.CreateVersion7();
        await accounts.AppointAsync(person, role);
        return accounts.As(accounts.Issuer.Token(person.ToString("D"), staff: [role]));
    }

    /// <summary>Whatever a token says, this is what the roster says from now on; no role is a dismissal.</summary>
    public static Task AppointAsync(this TestService accounts, Guid person, params string[] roles) =>
        accounts.Services.GetRequiredService<Writer>().WriteAsync(
            StaffRoster.TheOne,
            "test",
            (work, ct) => StaffRoster.AppointAsync(
                work, actor: null, person, roles, TimeProvider.System.GetUtcNow(), ct),
            default);
}
