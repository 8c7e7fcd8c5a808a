using EPerfect.Accounts.PersonalDetails;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Tests.Rules;

public sealed class ChangingAndClosing
{
    private static readonly ProfileChanged Change =
        new(Given.Envelope<Identity>(1), Given.Envelope<Contact>(1), Given.Now);

    [Fact]
    public void Keeping_ones_own_address_is_no_conflict() =>
        ChangeProfile.Decide(Given.OpenAccount(), Change, new EmailClaim("index", Given.Id))
            .ShouldBe(Decision.Of(Change));

    [Fact]
    public void Anothers_address_is_refused() =>
        ChangeProfile.Decide(Given.OpenAccount(), Change, new EmailClaim("index", Guid.NewGuid())).Refusal!.Code
            .ShouldBe("email-in-use");

    [Fact]
    public void A_closed_account_keeps_its_profile() =>
        ChangeProfile.Decide(Given.ClosedAccount(), Change, claim: null).ShouldBe(AccountRefusals.Closed);

    [Fact]
    public void An_open_account_is_closed_now() =>
        CloseAccount.Decide(Given.OpenAccount(), Given.Now).ShouldBe(Decision.Of(new AccountClosed(Given.Now)));

    [Fact]
    public void Closing_twice_is_refused() =>
        CloseAccount.Decide(Given.ClosedAccount(), Given.Now).Refusal!.Status.ShouldBe(409);
}
