using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Partners.Feed;

namespace EPerfect.Privacy.Partners.Sandbox;

/// <summary>How a synthetic person begins: an account, an order that is paid and served, a name.</summary>
internal static class BeginStory
{
    public static IEnumerable<FeedEntryRecorded> Of(SandboxStory story)
    {
        var (order, hosting, name) = (story.Id("order"), story.Id("hosting"), story.Id("name"));
        var registered = story.Before(1);
        return
        [
            story.Entry(new AccountOpenedData("customer", story.Before(4)), story.Before(4)),
            .. SyntheticCustomer.OfAccount(story, SyntheticCustomer.NameAfter(corrected: null), story.Before(4)),
            story.Entry(
                new OrderPlacedData(
                    order,
                    SandboxStory.Currency,
                    "69.37",
                    [new(hosting, "perfect-1", "hosting", "59.40"), new(name, "domain-com", "domain", "9.97")],
                    story.Before(3)),
                story.Before(3)),
            story.Entry(new OrderPaidData(order, SandboxStory.Currency, "69.37", story.Before(2)), story.Before(2)),
            story.Entry(
                new DomainRegisteredData(
                    $"sandbox-{story.Person:N}.example", order, name, registered, registered.AddYears(1)),
                registered),
            .. SyntheticCustomer.OfRegistrant(story, registered),
            story.Entry(new OrderActivatedData(order, [hosting, name], story.Now), story.Now),
        ];
    }
}
