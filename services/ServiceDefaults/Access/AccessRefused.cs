using Microsoft.AspNetCore.Authorization;

namespace EPerfect.ServiceDefaults;

/// <summary>Carries a refusal from the authorisation to the answer.</summary>
internal sealed class AccessRefused(IAuthorizationHandler handler, Refusal refusal)
    : AuthorizationFailureReason(handler, refusal.Code)
{
    public Refusal Refusal => refusal;
}
