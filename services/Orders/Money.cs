using System.Globalization;
using EPerfect.Orders.Catalog;

namespace EPerfect.Orders;

/// <summary>An amount on the wire: a decimal string with as many decimals as the currency has, and its ISO 4217
/// code.</summary>
internal sealed record Money(string Amount, string Currency)
{
    public static Money Of(decimal amount, Currency currency) =>
        new(amount.ToString($"F{currency.MinorUnits}", CultureInfo.InvariantCulture), currency.Code);
}
