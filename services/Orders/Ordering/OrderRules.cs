using System.Globalization;
using EPerfect.ServiceDefaults;

namespace EPerfect.Orders.Ordering;

/// <summary>The refusals of an order that breaks a rule, each with its stable code.</summary>
internal static class OrderRules
{
    public const int MostItems = 50;
    public const int MostUnits = 100;
    public const int MostYears = 10;
    public const int MostNameservers = 13;

    public static readonly Refusal AccountMissing =
        Refusals.Invalid("account-missing", "An order names the account that it is for.", "/accountId");

    public static readonly Refusal AccountClosed =
        Refusals.WrongState("account-closed", "A closed account orders nothing.");

    public static readonly Refusal NotCancellable =
        Refusals.WrongState("order-not-cancellable", "An order can be cancelled until its payment is being taken.");

    public static readonly Refusal Empty =
        Refusals.Invalid("order-empty", "An order has at least one item.", "/items");

    public static readonly Refusal TooLarge =
        Refusals.Invalid("order-too-large", $"An order has at most {MostItems} items.", "/items");

    public static readonly Refusal PaymentTokenInvalid = Refusals.Invalid(
        "payment-token-invalid",
        "A payment method token has 1 to 100 letters, digits, hyphens and underscores.",
        "/paymentMethodToken");

    public static Refusal CatalogueChanged(int current) => Refusals.WrongState(
        "catalogue-changed", $"The catalogue is at version {current} now; look at its prices before ordering.");

    public static Refusal CurrencyUnknown(string currency) => Refusals.Invalid(
        "currency-unknown", $"The catalogue has no prices in {Named(currency)}.", "/currency");

    public static Refusal ProductUnknown(string product, string at) => Refusals.Invalid(
        "product-unknown", $"The catalogue has no product {Named(product)}.", $"{at}/product");

    public static Refusal TldUnknown(string product, string at) => Refusals.Invalid(
        "tld-unknown", $"The catalogue has no top-level domain for {Named(product)}.", $"{at}/product");

    public static Refusal ProductRetired(string product) => Refusals.WrongState(
        "product-retired", $"{product} is not sold any more.");

    public static Refusal PeriodUnknown(string product, int? months, IEnumerable<int> known, string at) =>
        Refusals.Invalid(
            "period-unknown",
            $"{product} is not sold for {months?.ToString(CultureInfo.InvariantCulture) ?? "no"} months, "
                + $"but for {string.Join(", ", known)}.",
            $"{at}/periodMonths");

    public static Refusal QuantityInvalid(string at) => Refusals.Invalid(
        "quantity-out-of-range", $"The quantity of a plan is 1 to {MostUnits}.", $"{at}/quantity");

    public static Refusal YearsInvalid(string at) => Refusals.Invalid(
        "years-out-of-range", $"A domain is registered for 1 to {MostYears} years.", $"{at}/years");

    public static Refusal ActionUnavailable(string at) => Refusals.Invalid(
        "action-unavailable", "The action of a domain item is `register`.", $"{at}/action");

    public static Refusal DomainNameInvalid(string at) => Refusals.Invalid(
        "domain-name-invalid",
        "A domain name has at least two labels of letters, digits and hyphens, of 63 characters at most.",
        at);

    public static Refusal TldMismatch(string tld, string at) => Refusals.Invalid(
        "tld-mismatch", $"The name is one label below .{tld}, the product's top-level domain.", $"{at}/domainName");

    public static Refusal DomainTwice(string at) => Refusals.Invalid(
        "domain-name-repeated", "A domain name is registered once in an order, and hosted once.", at);

    public static Refusal ContactMissing(string at) => Refusals.Invalid(
        "registrant-contact-missing", "A registration names its registrant contact.", $"{at}/registrantContactId");

    public static Refusal NameserversInvalid(string at) => Refusals.Invalid(
        "nameservers-invalid",
        $"Nameservers are 2 to {MostNameservers} different host names, or none for ours.",
        $"{at}/nameservers");

    public static Refusal QuotaExceeded(string product, int most, string at) => Refusals.Invalid(
        "quota-exceeded", $"{product} in this quantity hosts at most {most} domains.", $"{at}/hostedDomains");

    public static Refusal NotApplicable(string kind, string at) => Refusals.Invalid(
        "field-not-applicable", $"This field does not belong to a {kind} item.", at);

    /// <summary>A value of the client's, short enough to repeat.</summary>
    private static string Named(string value) => $"\"{(value.Length <= 40 ? value : $"{value[..40]}…")}\"";
}
