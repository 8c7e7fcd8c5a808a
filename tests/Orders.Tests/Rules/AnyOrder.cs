using CsCheck;
using EPerfect.Contracts.Domains;
using EPerfect.Orders.Ordering;
using EPerfect.Orders.Payment;
using EPerfect.Orders.Provisioning;
using EPerfect.Orders.Registration.Reactions;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Orders.Tests.Rules;

/// <summary>What holds for every order, whatever happens to it in whatever sequence.</summary>
public sealed class AnyOrder
{
    private static readonly PaymentAnswer[] Payments =
        [new PaymentAnswer.Approved("yes"), new PaymentAnswer.Declined("no"), new PaymentAnswer.None("silence")];

    private static readonly ProvisionAnswer[] Provisions =
    [
        new ProvisionAnswer.Provisioned("yes"), new ProvisionAnswer.Refused("no"), new ProvisionAnswer.None("silence"),
    ];

    private static readonly Opened<PaymentMethod>[] Methods =
    [
        new Opened<PaymentMethod>.Clear(new("tok_ok")), new Opened<PaymentMethod>.Erased(),
    ];

    private delegate Decision Happening(Order order, DateTimeOffset now);

    private static readonly Gen<OrderLine> Lines = Gen.Select(
        Gen.Bool, Gen.Int[1, 50_000], Gen.Guid, (domain, cents, id) => domain
            ? Some.DomainLine with { ItemId = id, Total = cents / 100m }
            : Some.HostingLine with { ItemId = id, Total = cents / 100m });

    private static readonly Gen<Happening> Happenings = Gen.Select(
        Gen.Int[0, 10], Gen.Int[0, 2], Gen.Int[0, 5], (what, answer, item) => At(what, answer, item));

    private static readonly Gen<(Happening What, int SecondsLater)[]> Sequences =
        Gen.Select(Happenings, Gen.Int[0, 90_000]).Array[0, 60];

    [Fact]
    public void Keeps_its_money_straight_and_never_throws() =>
        Gen.Select(Lines.Array[1, 4], Sequences).Sample((lines, happenings) =>
        {
            var (order, now) = (Given.Order(Some.Placed(lines)), Some.Now);
            var deadlines = new Dictionary<(string, string), DateTimeOffset>();
            Keep(deadlines, Some.Placed(lines));
            foreach (var (happening, seconds) in happenings)
            {
                now += TimeSpan.FromSeconds(seconds);
                var decision = happening(order, now);
                if (decision.Refusal is not null) decision.Events.ShouldBeEmpty();
                foreach (var e in decision.Events)
                {
                    order = order.Then(e);
                    Keep(deadlines, e);
                }

                Check(order, lines, deadlines);
            }
        });

    private static void Check(
        Order order, OrderLine[] lines, Dictionary<(string Kind, string Item), DateTimeOffset> deadlines)
    {
        order.Total.ShouldBe(lines.Sum(l => l.Total));
        order.Captured.ShouldBeOneOf(0, order.Total);
        order.Refunded.ShouldBeLessThanOrEqualTo(order.Captured);
        order.Refunded.ShouldBe(order.Items.Where(i => i.State is ItemState.Refunded).Sum(i => i.Line.Total));

        // Nothing waits on luck: while an order is on its way, something is due, or Domains has been asked.
        var asked = order.Items.Any(i => i is { State: ItemState.Requested, Line.Domain: not null });
        var onItsWay = order.Status is not (OrderStatus.Active or OrderStatus.Cancelled);
        if (onItsWay) (deadlines.Count > 0 || asked).ShouldBeTrue();
        if (order.Status is OrderStatus.Active) deadlines.ShouldBeEmpty();
        deadlines.Keys.ShouldAllBe(d => order.Status != OrderStatus.Cancelled || d.Kind == VoidAuthorisation.Kind);

        if (order.Status is OrderStatus.Active) order.Items.ShouldContain(i => i.State == ItemState.Delivered);
        if (order.Status is OrderStatus.Cancelled) order.Items.ShouldAllBe(i => i.State != ItemState.Delivered);
        if (order.Status is OrderStatus.Cancelled && order.Captured > 0) order.Refunded.ShouldBe(order.Captured);
    }

    private static void Keep(Dictionary<(string, string), DateTimeOffset> deadlines, object e)
    {
        foreach (var change in OrderDeadlines.Of(e))
        {
            if (change is DeadlineChange.Set set) deadlines[(set.Kind, set.Argument)] = set.Due;
            else deadlines.Remove((change.Kind, change.Argument));
        }
    }

    private static Happening At(int what, int answer, int item) => (order, now) =>
    {
        var id = order.Items[item % order.Items.Count].Id;
        var customer = new[] { Some.Customer, null, Some.ClosedCustomer }[answer];
        return what switch
        {
            0 => CancelOrder.Decide(order, now),
            1 => AuthorisePayment.Before(order, customer, Methods[item % Methods.Length], now),
            2 or 3 => AuthorisePayment.After(order, Payments[answer], now),
            4 => CapturePayment.Before(order, answer == 2 ? Some.ClosedCustomer : Some.Customer, now),
            5 => CapturePayment.After(order, Payments[answer], now),
            6 => VoidAuthorisation.After(order, Payments[answer], now),
            7 => HostingAnswer(order, id, answer, now),
            10 => WakeOrders.Wake(order, now),
            8 => RefundItem.After(order, id, Payments[answer], now),
            _ => DomainAnswer(order, id, answer, now),
        };
    };

    private static Decision HostingAnswer(Order order, Guid id, int answer, DateTimeOffset now) =>
        order.Item(id)!.Line.Hosting is null
            ? Decision.Nothing
            : ProvisionHosting.After(order, id, Provisions[answer], now);

    private static Decision DomainAnswer(Order order, Guid id, int answer, DateTimeOffset now) => answer == 0
        ? DomainRegisteredReaction.Decide(order, new("a.com", Some.AccountId, order.Id, id, now, now, 1), now)
        : DomainRegistrationFailedReaction.Decide(
            order, new DomainRegistrationFailed("a.com", order.Id, id, "domain-taken", now, 1), now);
}
