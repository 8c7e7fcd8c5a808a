using System.Text.RegularExpressions;
using EPerfect.Accounts.Members;
using EPerfect.Accounts.Tests.Slices;

namespace EPerfect.Accounts.Tests.Members;

public sealed partial class InvitationTokens(AccountsService accounts) : IClassFixture<AccountsService>
{
    [Fact]
    public void No_token_holds_what_could_be_a_card_number_for_those_are_refused_in_every_field()
    {
        var tokens = accounts.Get<InvitationToken>();

        for (var i = 0; i < 20_000; i++)
        {
            var (account, invitation) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            var token = tokens.Make(account, invitation);

            CardNumber().IsMatch(token).ShouldBeFalse(token);
            tokens.TryRead(token, out var read, out var other).ShouldBeTrue();
            (read, other).ShouldBe((account, invitation));
        }
    }

    [GeneratedRegex("[0-9]{13}")]
    private static partial Regex CardNumber();
}
