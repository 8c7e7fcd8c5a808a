using System.Globalization;
using System.Text.RegularExpressions;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.PersonalDetails;

/// <summary>
/// What the payment provider keeps a card under, and what a person recognises it by. Never the number, never the code.
/// </summary>
internal sealed partial record PaymentMethod(
    [Datum(DataCategory.Payment, "what the payment provider keeps the card under")] string Token,
    [Datum(DataCategory.Payment, "the card's brand")] string Brand,
    [Datum(DataCategory.Payment, "the card's last four digits")] string LastFour,
    [Datum(DataCategory.Payment, "the card's month of expiry")] string Expiry,
    PostalAddress? BillingAddress) : IPersonalData
{
    public static Declaration Declared { get; } = new(
        "account-payment-method",
        DataGroup.Billing,
        Purpose: "to charge what was ordered",
        LegalBasis: "contract",
        Retention: RetentionRules.ClosedAccount);

    public Refusal? Check(DateTimeOffset now) =>
        !TokenFormat.IsMatch(Token) ? BadToken
        : !BrandFormat.IsMatch(Brand) ? BadBrand
        : !LastFourFormat.IsMatch(LastFour) ? BadLastFour
        : !TryMonth(out var month) ? BadExpiry
        : month < FirstOfMonth(now.UtcDateTime) ? Expired
        : BillingAddress?.Check("/billingAddress");

    private bool TryMonth(out DateTimeOffset month) => DateTimeOffset.TryParseExact(
        Expiry, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out month);

    private static DateTimeOffset FirstOfMonth(DateTime now) => new(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero);

    // Starts with a letter: no card number is a token.
    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_-]{3,127}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TokenFormat { get; }

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{1,31}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex BrandFormat { get; }

    [GeneratedRegex(@"\A[0-9]{4}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LastFourFormat { get; }

    private static readonly Refusal BadToken = new(
        422, "payment-token-invalid", "A payment method is a token of the payment provider.", "/paymentMethodToken");

    private static readonly Refusal BadBrand =
        new(422, "brand-invalid", "A brand is a lower-case word, such as visa.", "/brand");

    private static readonly Refusal BadLastFour =
        new(422, "last-four-invalid", "The last four are four digits.", "/lastFour");

    private static readonly Refusal BadExpiry =
        new(422, "expiry-invalid", "An expiry is a month, YYYY-MM.", "/expiry");

    private static readonly Refusal Expired = new(
        422, "payment-method-expired", "A payment method is good until the end of its month of expiry.", "/expiry");
}
