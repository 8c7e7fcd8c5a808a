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
        (await users.UpdateSecurityStampAsync(login)).Demand();
        var subject = login.Id.ToString("D", CultureInfo.InvariantCulture);
        await authorizations.RevokeBySubjectAsync(subject, cancellationToken);
        await tokens.RevokeBySubjectAsync(subject, cancellationToken);
    }
}
