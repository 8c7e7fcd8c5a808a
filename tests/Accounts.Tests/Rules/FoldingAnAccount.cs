using CsCheck;
using EPerfect.Accounts.PersonalDetails;

namespace EPerfect.Accounts.Tests.Rules;

public sealed class FoldingAnAccount
{
    private static readonly Gen<object> AnyChange = Gen.OneOf<object>(
        Gen.Byte.Select(b =>
            (object)new ProfileChanged(Given.Envelope<Identity>(b), Given.Envelope<Contact>(b), Given.Now)),
        Gen.Byte.Select(b => (object)new BillingDetailsChanged(Given.Envelope<PaymentMethod>(b), Given.Now)),
        Gen.Int[0, 1000].Select(d => (object)new AccountClosed(Given.Now.AddDays(d))));

    [Fact]
    public void Any_history_folds_to_what_was_said_last() => AnyChange.Array[0, 30].Sample(history =>
    {
        var account = history.Aggregate(Given.OpenAccount(), Apply);
        var profile = history.OfType<ProfileChanged>().LastOrDefault();
        var billing = history.OfType<BillingDetailsChanged>().LastOrDefault();
        return account.Id == Given.Id
            && account.Identity.Equals(profile?.Identity ?? Given.Opened().Identity)
            && Equals(account.PaymentMethod, billing?.PaymentMethod)
            && account.IsClosed == history.OfType<AccountClosed>().Any();
    });

    [Fact]
    public void No_text_form_of_an_account_shows_the_person() =>
        Given.OpenAccount().ToString().ShouldContain("Identity = ***");

    private static Account Apply(Account account, object e) => e switch
    {
        ProfileChanged x => account.Apply(x),
        BillingDetailsChanged x => account.Apply(x),
        AccountClosed x => account.Apply(x),
        _ => account,
    };
}
