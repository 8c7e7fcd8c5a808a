using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Sandbox;

/// <summary>What happens to a synthetic person, in order, for one partner: an account, an order that is paid and served, a
/// name. Of the same types and members as what happens to others.</summary>
internal static class SandboxStory
{
    private const string Currency = "EUR";
    private const string Kind = "customer";

    /// <param name="person">Who.</param>
    /// <param name="partner">Who alone may hear of it.</param>
    /// <param name="now">When it ends; each step is a second after the one before.</param>
    public static IEnumerable<FeedEntryRecorded> Of(Guid person, Guid partner, DateTimeOffset now)
    {
        var (order, hosting, name) = (Id("order"), Id("hosting"), Id("name"));
        var (opened, ordered, paid, registered, activated) = (Before(4), Before(3), Before(2), Before(1), now);
        yield return Entry(new AccountOpenedData(Kind, opened), opened);
        yield return Entry(
            new OrderPlacedData(
                order,
                Currency,
                "69.37",
                [new(hosting, "perfect-1", "hosting", "59.40"), new(name, "domain-com", "domain", "9.97")],
                ordered),
            ordered);
        yield return Entry(new OrderPaidData(order, Currency, "69.37", paid), paid);
        yield return Entry(
            new DomainRegisteredData($"sandbox-{person:N}.example", order, name, registered, registered.AddYears(1)),
            registered);
        yield return Entry(new OrderActivatedData(order, [hosting, name], activated), activated);

        Guid Id(string what) => DeterministicId.From(person, what);

        DateTimeOffset Before(int seconds) => now.AddSeconds(-seconds);

        FeedEntryRecorded Entry<TData>(TData data, DateTimeOffset at)
            where TData : IPartnerData => RecordEntry.Entry(person, $"{person:D}", data, at, onlyFor: partner);
    }
}
