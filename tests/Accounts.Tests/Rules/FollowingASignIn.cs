using EPerfect.Accounts.PersonalDetails;

namespace EPerfect.Accounts.Tests.Rules;

public sealed class FollowingASignIn
{
    private static readonly Guid Owner = Guid.CreateVersion7();
    private static readonly EmailClaim Left = new("left", Given.Id);

    private static Account Owned => Given.OpenAccount() with { Members = Given.OpenAccount().Members.SetItem(Owner, "owner") };

    [Fact]
    public void The_owners_account_with_the_address_that_was_left_follows() =>
        FollowSignIn.Follows(Owned, Owner, Left, entered: null).ShouldBeTrue();

    [Fact]
    public void An_account_that_is_closed_does_not() =>
        FollowSignIn.Follows(Owned with { ClosedAt = Given.Now }, Owner, Left, entered: null).ShouldBeFalse();

    [Fact]
    public void An_account_of_which_the_person_is_no_owner_any_more_does_not() =>
        FollowSignIn.Follows(Given.OpenAccount(), Owner, Left, entered: null).ShouldBeFalse();

    [Fact]
    public void An_account_that_has_another_address_by_now_does_not() =>
        FollowSignIn.Follows(Owned, Owner, left: null, entered: null).ShouldBeFalse();

    [Fact]
    public void Nor_does_one_when_another_account_has_the_new_address() =>
        FollowSignIn.Follows(Owned, Owner, Left, new EmailClaim("entered", Guid.NewGuid())).ShouldBeFalse();
}
