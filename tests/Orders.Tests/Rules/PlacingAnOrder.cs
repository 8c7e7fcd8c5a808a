using EPerfect.Orders.Catalog;
using EPerfect.Orders.Customers;
using EPerfect.Orders.Ordering;
using EPerfect.Testing;

namespace EPerfect.Orders.Tests.Rules;

public sealed class PlacingAnOrder
{
    [Fact, Control("nav-order")]
    public void An_item_is_priced_from_the_catalogue_and_pinned_to_its_version()
    {
        var quote = Decide(Some.Request(Some.Hosting)).Value!;

        quote.CatalogueVersion.ShouldBe(7);
        quote.Total.ShouldBe(63.46m);
        var line = quote.Lines.Single();
        line.CatalogueVersion.ShouldBe(7);
        line.UnitPrice.ShouldBe(53.46m);
        line.SetupFee.ShouldBe(10m);
        line.Hosting!.PeriodMonths.ShouldBe(12);
        line.Hosting.Quota.Mailboxes.ShouldBe(10);
    }

    [Fact]
    public void The_set_up_fee_is_due_once_per_unit() =>
        Decide(Some.Request(Some.Hosting with { Quantity = 3 })).Value!.Total.ShouldBe(3 * (53.46m + 10m));

    [Fact]
    public void A_domain_costs_its_price_per_year_times_the_years() =>
        Decide(Some.Request(Some.Domain with { Years = 10 })).Value!.Total.ShouldBe(119.50m);

    [Fact]
    public void A_currency_without_decimals_is_priced_without_decimals() =>
        Decide(Some.Request(Some.Hosting) with { Currency = "JPY" }).Value!.Total.ShouldBe(9520m);

    [Fact, Control("nav-web-hosting-plans", "nav-multi-domain-plans")]
    public void The_plans_that_the_house_is_known_for_are_on_sale() =>
        Some.File.Content.Hosting.Select(p => (p.Code, p.Quota.Domains)).Take(8).ShouldBe(
        [
            ("perfect-1", 1), ("perfect-2", 1), ("perfect-3", 1), ("perfect-4", 1), ("perfect-5", 1),
            ("multi-3", 3), ("multi-5", 5), ("multi-10", 10),
        ]);

    [Fact]
    public void An_account_that_Orders_has_not_heard_of_may_order() =>
        Decide(Some.Request(Some.Hosting), customer: null).Refusal.ShouldBeNull();

    [Fact]
    public void A_closed_account_orders_nothing() =>
        Refused(Some.Request(Some.Hosting), Some.ClosedCustomer).ShouldBe((409, "account-closed"));

    [Fact]
    public void A_customer_who_saw_other_prices_is_told_that_the_catalogue_changed() =>
        Refused(Some.Request(Some.Hosting) with { CatalogueVersion = 6 }).ShouldBe((409, "catalogue-changed"));

    [Fact]
    public void A_customer_who_saw_these_prices_gets_them() =>
        Decide(Some.Request(Some.Hosting) with { CatalogueVersion = 7 }).Refusal.ShouldBeNull();

    [Fact]
    public void A_retired_plan_is_not_sold_any_more()
    {
        var content = Some.File.Content;
        var retired = content with { Hosting = [.. content.Hosting.Select(p => p with { Retired = true })] };
        var catalogue = Catalogue.Create(new CataloguePublished(8, "", retired, Some.Now));

        PlaceOrder.Decide(Some.Request(Some.Hosting), catalogue, Some.Customer, Guid.NewGuid)
            .Refusal!.Code.ShouldBe("product-retired");
    }

    [Fact]
    public void Domain_names_are_kept_in_their_ascii_form() =>
        Decide(Some.Request(Some.Domain with { DomainName = "MÜNCHEN.com" })).Value!
            .Lines.Single().Domain!.Name.ShouldBe("xn--mnchen-3ya.com");

    [Theory]
    [MemberData(nameof(WrongItems))]
    public void A_wrong_item_is_refused_and_named(string code, string pointer, object item)
    {
        var refusal = Decide(Some.Request(Some.Hosting, (OrderItemRequest)item)).Refusal.ShouldNotBeNull();

        refusal.ShouldSatisfyAllConditions(
            () => refusal.Status.ShouldBe(422),
            () => refusal.Code.ShouldBe(code),
            () => refusal.Pointer.ShouldBe(pointer));
    }

    public static TheoryData<string, string, object> WrongItems()
    {
        var (hosting, domain) = (Some.Hosting, Some.Domain);
        return new()
        {
            { "product-unknown", "/items/1/product", hosting with { Product = "perfect-6" } },
            { "product-unknown", "/items/1/product", hosting with { Product = "" } },
            { "tld-unknown", "/items/1/product", domain with { Product = "domain-zz" } },
            { "period-unknown", "/items/1/periodMonths", hosting with { PeriodMonths = 2 } },
            { "period-unknown", "/items/1/periodMonths", hosting with { PeriodMonths = null } },
            { "quantity-out-of-range", "/items/1/quantity", hosting with { Quantity = 0 } },
            { "quantity-out-of-range", "/items/1/quantity", hosting with { Quantity = -1 } },
            { "quantity-out-of-range", "/items/1/quantity", hosting with { Quantity = 101 } },
            { "quota-exceeded", "/items/1/hostedDomains", hosting with { HostedDomains = ["a.com", "b.com"] } },
            { "domain-name-invalid", "/items/1/hostedDomains/0", hosting with { HostedDomains = ["a_b.com"] } },
            { "field-not-applicable", "/items/1/years", hosting with { Years = 1 } },
            { "field-not-applicable", "/items/1/quantity", domain with { Quantity = 1 } },
            { "action-unavailable", "/items/1/action", domain with { Action = "seize" } },
            { "action-unavailable", "/items/1/action", domain with { Action = null } },
            { "domain-name-invalid", "/items/1/domainName", domain with { DomainName = "-bad-.com" } },
            { "domain-name-invalid", "/items/1/domainName", domain with { DomainName = null } },
            { "tld-mismatch", "/items/1/domainName", domain with { DomainName = "example.org" } },
            { "tld-mismatch", "/items/1/domainName", domain with { DomainName = "www.example.com" } },
            { "years-out-of-range", "/items/1/years", domain with { Years = 0 } },
            { "years-out-of-range", "/items/1/years", domain with { Years = 11 } },
            {
                "registrant-contact-missing", "/items/1/registrantContactId",
                domain with { RegistrantContactId = null }
            },
            { "nameservers-invalid", "/items/1/nameservers", domain with { Nameservers = ["ns1.example.net"] } },
            { "nameservers-invalid", "/items/1/nameservers", domain with { Nameservers = ["ns1.a.net", "NS1.a.net"] } },
            { "nameservers-invalid", "/items/1/nameservers", domain with { Nameservers = ["192.0.2.1", "192.0.2.2"] } },
        };
    }

    [Fact, Control("nav-multi-domain-plans")]
    public void A_plan_for_three_domains_hosts_three_and_refuses_the_fourth()
    {
        var three = new OrderItemRequest("multi-3", PeriodMonths: 1, HostedDomains: ["a.com", "b.com", "c.com"]);

        Decide(Some.Request(three)).Refusal.ShouldBeNull();
        Refused(Some.Request(three with { HostedDomains = ["a.com", "b.com", "c.com", "d.com"] }))
            .ShouldBe((422, "quota-exceeded"));
        Decide(Some.Request(three with { Quantity = 2, HostedDomains = ["a.com", "b.com", "c.com", "d.com"] }))
            .Refusal.ShouldBeNull();
    }

    [Fact]
    public void One_name_is_registered_once_in_an_order_however_it_is_spelt() =>
        Refused(Some.Request(Some.Domain, Some.Domain with { DomainName = "EXAMPLE.com." }))
            .ShouldBe((422, "domain-name-repeated"));

    [Fact]
    public void A_name_may_be_registered_and_hosted_in_one_order() =>
        Decide(Some.Request(Some.Domain, Some.Hosting with { HostedDomains = ["example.com"] })).Refusal.ShouldBeNull();

    [Fact]
    public void An_order_has_one_to_fifty_items()
    {
        Refused(Some.Request()).ShouldBe((422, "order-empty"));
        Decide(Some.Request([.. Enumerable.Repeat(Some.Hosting, 50)])).Refusal.ShouldBeNull();
        Refused(Some.Request([.. Enumerable.Repeat(Some.Hosting, 51)])).ShouldBe((422, "order-too-large"));
    }

    [Fact]
    public void An_unknown_currency_is_refused_and_named()
    {
        var refusal = Decide(Some.Request(Some.Hosting) with { Currency = "XTS" }).Refusal.ShouldNotBeNull();
        (refusal.Status, refusal.Code).ShouldBe((422, "currency-unknown"));
        refusal.Rule.ShouldContain("XTS");
    }

    [Theory]
    [InlineData("")]
    [InlineData("tok ok")]
    [InlineData("tok_ok\n")]
    public void A_payment_token_has_no_odd_characters(string token) =>
        Refused(Some.Request(Some.Hosting) with { PaymentMethodToken = token })
            .ShouldBe((422, "payment-token-invalid"));

    [Fact]
    public void An_order_names_its_account() =>
        Refused(Some.Request(Some.Hosting) with { AccountId = Guid.Empty }).ShouldBe((422, "account-missing"));

    private static Checked<Quote> Decide(PlaceOrderRequest request, Customer? customer = null) =>
        PlaceOrder.Decide(request, Some.Catalogue, customer, Guid.NewGuid);

    private static (int Status, string Code) Refused(PlaceOrderRequest request, Customer? customer = null)
    {
        var refusal = Decide(request, customer).Refusal.ShouldNotBeNull();
        return (refusal.Status, refusal.Code);
    }
}
