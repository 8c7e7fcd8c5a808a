using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests;

/// <summary>Who asks, as far as it matters for a request.</summary>
/// <param name="Role">One of <see cref="Filers"/>.</param>
/// <param name="Proof">By what we know that it is the person, now: one of <see cref="Verifications"/>; null if
/// nothing.</param>
/// <param name="LoginId">The login of an owner.</param>
internal sealed record Filer(string Role, string? Proof, Guid? LoginId = null)
{
    /// <summary>As the pages ask before somebody changes what opens the door.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(10);

    public bool IsOurs => Role is Filers.Staff or Filers.Agent;

    /// <summary>Taken from the token: an owner who signed in a moment ago is the person.</summary>
    public static Filer Of(Caller caller, Guid accountId, bool hasMandate, DateTimeOffset now)
    {
        var role = caller.Accounts.GetValueOrDefault(accountId);
        if ((role & MemberRole.Owner) != MemberRole.None)
            return new Filer(Filers.Owner, ProofOf(caller, now), caller.UserId);
        if (role != MemberRole.None) return new Filer(Filers.Member, Proof: null);
        return new Filer(hasMandate ? Filers.Agent : Filers.Staff, Proof: null);
    }

    private static string? ProofOf(Caller caller, DateTimeOffset now) =>
        caller.UserId is null || caller.SignedInAt is not { } at || now - at > Recent ? null
        : caller.HasSecondFactor ? Verifications.SecondFactor
        : Verifications.RecentSignIn;
}
