using System.Buffers.Text;
using EPerfect.Accounts.PersonalDetails;
using EPerfect.PersonalData;

namespace EPerfect.Accounts.Tests;

/// <summary>A stand to start a sentence from.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly Guid Id = new("0190f3a0-0000-7000-8000-000000000abc");

    public static readonly PostalAddress Address =
        new(["12 Canary Lane", "Flat 3"], "Tallinn", "EE", PostalCode: "10111");

    public static AccountOpened Opened(int policySet = 1) => new(
        Id, "customer", Envelope<Identity>(), Envelope<Contact>(), policySet, Now);

    public static Account OpenAccount() => Account.Create(Opened());

    public static Account ClosedAccount() => OpenAccount().Apply(new AccountClosed(Now));

    /// <summary>An envelope of the right shape that no key opens: rules never look inside.</summary>
    public static Sealed<T> Envelope<T>(byte fill = 7)
        where T : IPersonalData
    {
        var box = new byte[44];
        Array.Fill(box, fill);
        var group = T.Declared.Group.ToString().ToLowerInvariant();
        return Sealed.Parse<T>($"p1.{group}.1.{Id:N}.{Base64Url.EncodeToString(box)}");
    }
}
