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
        await accounts.Services.GetRequiredService<Writer>().WriteAsync(
            StaffRoster.TheOne,
            "test",
            (work, ct) => StaffRoster.ChangeAsync(
                work, actor: null, login, [StaffRoster.Operator], TimeProvider.System.GetUtcNow(), ct),
            default);
        return login;
    }
}
