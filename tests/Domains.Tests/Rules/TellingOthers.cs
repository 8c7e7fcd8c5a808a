using EPerfect.Domains.Contacts;
using EPerfect.PersonalData;
using EPerfect.Testing;
using C = EPerfect.Contracts.Domains;

namespace EPerfect.Domains.Tests.Rules;

public sealed class TellingOthers
{
    [Fact]
    public void A_registration_is_told_with_its_dates_and_the_streams_version() =>
        Outbound.Map(Given.Stored(Some.Registered(1), version: 2)).ShouldBe(new C.DomainRegistered(
            "shop.com", Some.Account, Some.Item(1001), Some.Item(1), Some.Now, Some.Now.AddYears(1), 2));

    [Fact]
    public void A_failure_is_told_with_its_reason() =>
        Outbound.Map(Given.Stored(Some.Failed(1, "domain-taken"), version: 2)).ShouldBe(new C.DomainRegistrationFailed(
            "shop.com", Some.Item(1001), Some.Item(1), "domain-taken", Some.Now, 2));

    [Fact, Control("S13")]
    public void A_correction_is_told_by_the_names_of_what_was_corrected()
    {
        var corrected = new ContactCorrected(
            Sealed.Parse<Registrant>("p1.contact.1.0195a0000000700080000000000000aa.AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
                + "gISIjJCUmJygpKissLQ"),
            "FR", Some.Now, Some.Account, ["email"]);
        var told = Outbound.Map(Given.Stored(corrected, version: 2)).ShouldBeOfType<C.ContactCorrected>();
        (told.AccountId, told.Fields.Single(), told.CorrectedAt, told.StreamVersion)
            .ShouldBe((Some.Account, "email", Some.Now, 2));
        Outbound.Map(Given.Stored(corrected with { AccountId = null, Fields = null }))
            .ShouldBeNull("an event of before does not say whose it is");
    }

    [Fact]
    public void What_is_on_its_way_is_nobody_elses_business()
    {
        Outbound.Map(Given.Stored(Some.Started())).ShouldBeNull();
        Outbound.Map(Given.Stored(Some.Queued(2))).ShouldBeNull();
    }
}
