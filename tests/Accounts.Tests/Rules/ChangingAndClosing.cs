using EPerfect.Accounts.PersonalDetails;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Tests.Rules;

public sealed class ChangingAndClosing
{
    private static readonly ProfileChanged Change =
        new(Given.Envelope<Identity>(1), Given.Envelope<Contact>(1), Given.Now);

    [Fact]
    public void Keeping_ones_own_address_is_no_conflict() =>
        ChangeProfile.Decide(Given.OpenAccount(), Change, new EmailClaim("index", Given.Id), isOwn: false)
            .ShouldBe(Decision.Of(Change));

    [Fact]
    public void Ones_own_address_that_another_account_has_is_in_use() =>
        ChangeProfile.Decide(Given.OpenAccount(), Change, new EmailClaim("index", Guid.NewGuid()), isOwn: true)
            .ShouldBe(AccountRefusals.EmailInUse);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Anothers_address_is_refused_whether_it_has_an_account_or_not(bool hasOne) =>
        ChangeProfile.Decide(
            Given.OpenAccount(), Change, hasOne ? new EmailClaim("index", Guid.NewGuid()) : null, isOwn: false)
            .ShouldBe(AccountRefusals.EmailNotYours);

    [Fact]
    public void A_closed_account_keeps_its_profile() =>
        ChangeProfile.Decide(Given.ClosedAccount(), Change, claim: null, isOwn: true).ShouldBe(AccountRefusals.Closed);

    [Fact]
    public void An_open_account_is_closed_now() =>
        CloseAccount.Decide(Given.OpenAccount(), Given.Now).ShouldBe(Decision.Of(new AccountClosed(Given.Now)));

    [Fact]
    public void Closing_twice_is_refused() =>
        CloseAccount.Decide(Given.ClosedAccount(), Given.Now).Refusal!.Status.ShouldBe(409);
}
