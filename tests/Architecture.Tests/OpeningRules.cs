using System.Text.RegularExpressions;
using EPerfect.Testing;

namespace EPerfect.Architecture.Tests;

/// <summary>Nobody is shown a person's data without a record of it: what is opened past the register is listed here, with the
/// reason.</summary>
public sealed partial class OpeningRules
{
    private static readonly string[] Services = ["Accounts", "Orders", "Domains", "Privacy"];

    /// <summary>Where the vault opens something that no other person is shown.</summary>
    private static readonly Dictionary<string, string> PastTheRegister = new(StringComparer.Ordinal)
    {
        ["Accounts/Mail/SendMail.cs"] = "writes to the person; nobody reads the address",
        ["Accounts/Account/FollowSignIn.cs"] = "an owner's own address, into the owner's own account; shows nobody anything",
        ["Accounts/PersonalDetails/Corrections.cs"] = "compares the old with the new; tells the names of what differs",
        ["Domains/Contacts/Corrections.cs"] = "compares the old with the new; tells the names of what differs",
        ["Accounts/Credentials/ProvingAddresses.cs"] = "the address of who follows the link that was sent to it",
        ["Accounts/Credentials/Activity.cs"] = "a login's own history, shown to that login",
        ["Accounts/Credentials/Logins.cs"] = "the address of who signs in with it; see below for who asks",
        ["Domains/Registration/RegisterAtRegistry.cs"] = "asks whether the registrant was erased; shows nobody anything",
        ["Privacy/Requests/Exports/DownloadExport.cs"] = "the key of the person's own export, for that person's login alone",
        ["Privacy/Register/Reactions/OpenedReaction.cs"] =
            "the register itself: what it is told is sealed for the person at once",
        ["Privacy/Partners/Feed/EnclosedOpener.cs"] =
            "what only its partner can read, on its way there; that the value was opened is on record where it was",
        ["Orders/Payment/AuthorisePayment.cs"] = "charges the person's card; nobody reads the token",
    };

    /// <summary>Who asks for a login's address.</summary>
    private static readonly Dictionary<string, string> OwnAddress = new(StringComparer.Ordinal)
    {
        ["Accounts/Credentials/Letters.cs"] = "writes to the person",
        ["Accounts/Credentials/Mails/ResetPasswordMail.cs"] = "no link to an address that is no longer the login's",
        ["Accounts/Restriction/Reactions/RestrictionEndingReaction.cs"] = "writes to the person",
        ["Accounts/Credentials/ChangingPasswords.cs"] = "a password must not be like the own address",
        ["Accounts/Pages/Security.cshtml.cs"] = "the own page of who is signed in",
        ["Accounts/Pages/Authenticator.cshtml.cs"] = "the own page of who is signed in",
        ["Accounts/Pages/AddPasskey.cshtml.cs"] = "the own page of who is signed in",
        ["Accounts/Pages/ChangeEmailConfirm.cshtml.cs"] = "the own page of who is signed in",
        ["Accounts/Pages/SignUpConfirm.cshtml.cs"] = "the page of who follows the link that was sent to the address",
        ["Accounts/Staff/ListStaff.cs"] = "staff, for who appoints staff: no customer's data, no account whose register it were",
    };

    [Fact, Control("S9", "M6")]
    public void The_vault_opens_for_endpoints_through_the_register_only() =>
        FilesWith(VaultOpens()).ShouldBe(PastTheRegister.Keys, ignoreOrder: true);

    [Fact]
    public void A_login_s_address_is_asked_for_by_the_person_only() =>
        FilesWith(AsksForAddress()).ShouldBe(OwnAddress.Keys, ignoreOrder: true);

    [Fact, Control("M6")]
    public void Who_opens_for_others_tells_the_register() => Services
        .Where(service => service != "Privacy")
        .Where(service => Source.Files($"services/{service}").Any(file => File.ReadAllText(file).Contains("Openings openings")))
        .Select(service => $"{service.ToLowerInvariant()}.personal-data-opened.v1")
        .Except(Modules.Services.SelectMany(service => service.Definition.Published.Values), StringComparer.Ordinal)
        .ShouldBeEmpty();

    [Fact]
    public void The_register_listens_to_all_who_tell() => Modules.Services
        .SelectMany(service => service.Definition.Published.Values)
        .Where(name => name.EndsWith(".personal-data-opened.v1", StringComparison.Ordinal))
        .Except(
            Modules.Services.Single(service => service.Definition.Name == "privacy").Definition.Subscriptions
                .Select(subscription => subscription.Event),
            StringComparer.Ordinal)
        .ShouldBeEmpty();

    private static IEnumerable<string> FilesWith(Regex call) => Services
        .SelectMany(service => Source.Files($"services/{service}"))
        .Where(file => call.IsMatch(File.ReadAllText(file)))
        .Select(file => Path.GetRelativePath(Path.Combine(Source.Root, "services"), file));

    /// <summary>Whatever is called a vault, and whatever is not known to be none.</summary>
    [GeneratedRegex(@"(?<!\b(openings|opening|connection|entry|UnwrappedKey))\.OpenAsync\(")]
    private static partial Regex VaultOpens();

    [GeneratedRegex(@"\.AddressOfAsync\(")]
    private static partial Regex AsksForAddress();
}
