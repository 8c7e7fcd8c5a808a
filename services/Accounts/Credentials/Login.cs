using EPerfect.Accounts.PersonalDetails;
using EPerfect.PersonalData;
using Microsoft.AspNetCore.Identity;

namespace EPerfect.Accounts.Credentials;

/// <summary>
/// Who may sign in. Not an event stream: credentials are replaced and forgotten, events stay. Its name for ASP.NET Core
/// Identity is the id; the e-mail address rests sealed, beside the blind index that finds it.
/// </summary>
internal sealed class Login : IdentityUser<Guid>
{
    private Login()
    {
    }

    public Login(Guid id, string emailIndex, Sealed<SignInAddress> address, DateTimeOffset createdAt)
    {
        (Id, EmailIndex, SealedEmail, CreatedAt) = (id, emailIndex, address, createdAt);
        UserName = id.ToString("D");
        SecurityStamp = Guid.CreateVersion7(createdAt).ToString("N");
    }

    /// <summary><c>BlindIndex.ForEmail</c>: one login per address, and the only way to find it.</summary>
    [InClear<AddressIndex>]
    public string EmailIndex { get; set; } = "";

    public Sealed<SignInAddress> SealedEmail { get; set; } = null!;

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Without a password it is shut for good: it waits for the end of what keeps an erasure from deleting it.</summary>
    public bool IsShut => PasswordHash is null;

    /// <summary>A password that someone else knows, such as the first operator's, opens nothing but its own change.</summary>
    public bool MustChangePassword { get; set; }

    /// <summary>The step of the last one-time code that was taken: each is good once.</summary>
    public long? LastCodeStep { get; set; }
}
