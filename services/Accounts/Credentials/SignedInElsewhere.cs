using System.Globalization;
using Microsoft.AspNetCore.Identity;
using OpenIddict.Abstractions;

namespace EPerfect.Accounts.Credentials;

/// <summary>Ends every session of a person, and what programs hold in the person's name.</summary>
internal sealed class SignedInElsewhere(
    UserManager<Login> users, IOpenIddictTokenManager tokens, IOpenIddictAuthorizationManager authorizations)
{
    public async Task EndAsync(Login login, CancellationToken cancellationToken)
    {
        var result = await users.UpdateSecurityStampAsync(login);
        if (!result.Succeeded) throw new InvalidOperationException(result.Errors.First().Code);
        var subject = login.Id.ToString("D", CultureInfo.InvariantCulture);
        await authorizations.RevokeBySubjectAsync(subject, cancellationToken);
        await tokens.RevokeBySubjectAsync(subject, cancellationToken);
    }
}
