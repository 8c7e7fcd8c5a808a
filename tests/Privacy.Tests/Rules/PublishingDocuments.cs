using EPerfect.Privacy.Documents;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Rules;

public sealed class PublishingDocuments
{
    private static readonly Document Published =
        Document.Create(Event(PublishDocument.Decide(null, Given.Text(1), Given.Now)));

    private static readonly DocumentText Second = Given.Text(2, "Be kinder.", Given.Now.AddDays(1));

    [Fact]
    public void The_first_version_is_published_with_its_bytes_and_their_hash()
    {
        var published = Published.Newest;
        published.Content.ShouldBe("Be kind."u8.ToArray());
        published.Sha256.ShouldBe("5499befb38dbf3fcc08107141cb2a9e7f42a6aae403361dc3601b8296d7967ea");
    }

    [Fact]
    public void The_same_again_changes_nothing() =>
        PublishDocument.Decide(Published, Given.Text(1), Given.Now).ShouldBe(Decision.Nothing);

    [Fact, Control("S3")]
    public void Other_bytes_under_a_published_version_are_refused() =>
        Refusal(PublishDocument.Decide(Published, Given.Text(1, "Be kind!"), Given.Now)).ShouldBe("document-changed");

    [Fact]
    public void Another_date_under_a_published_version_is_refused() =>
        Refusal(PublishDocument.Decide(Published, Given.Text(1, effectiveAt: Given.Now), Given.Now))
            .ShouldBe("document-changed");

    [Fact]
    public void A_version_is_not_skipped() =>
        Refusal(PublishDocument.Decide(Published, Given.Text(3), Given.Now)).ShouldBe("document-version-skipped");

    [Fact, Control("S3")]
    public void A_version_takes_effect_after_the_one_before() =>
        Refusal(PublishDocument.Decide(Published, Given.Text(2, effectiveAt: Given.Text(1).EffectiveAt), Given.Now))
            .ShouldBe("document-retroactive");

    [Theory, Control("S3")]
    [InlineData(Materiality.Editorial, 0)]
    [InlineData(Materiality.Material, 30)]
    [InlineData(Materiality.WiderPurpose, 30)]
    public void A_version_takes_effect_when_people_had_the_time_to_read_of_it(string materiality, int days)
    {
        var inTime = Given.Text(2, effectiveAt: Given.Now.AddDays(days)) with { Materiality = materiality };

        PublishDocument.Decide(Published, inTime with { EffectiveAt = inTime.EffectiveAt.AddTicks(-1) }, Given.Now)
            .Refusal!.Code.ShouldBe("document-notice-too-short");
        PublishDocument.Decide(Published, inTime, Given.Now).Events.OfType<NoticeDue>().Count().ShouldBe(days > 0 ? 1 : 0);
    }

    [Fact]
    public void Versions_that_there_were_before_the_first_start_are_told_to_nobody()
    {
        var decision = PublishDocument.Seed(null, [Given.Text(1), Given.Text(2, "Be kinder.")], Given.Now);
        decision.Events.Count.ShouldBe(2);
        PublishDocument.Seed(Published, [Given.Text(1), Given.Text(2, "Be kinder.")], Given.Now)
            .Refusal!.Code.ShouldBe("document-notice-too-short");
    }

    [Fact]
    public void What_is_in_force_changes_at_the_date_and_the_old_version_stays()
    {
        var both = Published.Apply(Event(PublishDocument.Decide(Published, Second, Given.Now)));
        var date = Second.EffectiveAt;
        both.InForce(date.AddTicks(-1))!.Version.ShouldBe(1);
        both.InForce(date)!.Version.ShouldBe(2);
        both.Find(1)!.Content.ShouldBe("Be kind."u8.ToArray());
        both.InForce(Given.LastYear).ShouldBeNull();
    }

    private static DocumentPublished Event(Decision decision) =>
        (DocumentPublished)decision.Events.ShouldHaveSingleItem();

    private static string? Refusal(Decision decision) => decision.Refusal?.Code;
}
