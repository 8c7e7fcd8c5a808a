using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EPerfect.Orders.Catalog;

/// <summary>Reads <c>catalogue.json</c>. A wrong file stops the start: better no shop than one with wrong
/// prices.</summary>
internal sealed record CatalogueFile(CatalogueContent Content, string Sha256)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
    };

    private static readonly int[] BillingPeriods = [1, 3, 6, 12, 24];

    public static CatalogueFile Read(string path) => Parse(File.ReadAllText(path));

    public static CatalogueFile Parse(string json)
    {
        var content = JsonSerializer.Deserialize<CatalogueContent>(json, Strict)
            ?? throw new InvalidDataException("The catalogue is empty.");
        var faults = Faults(content).ToList();
        if (faults.Count > 0) throw new InvalidDataException($"The catalogue is wrong: {string.Join(" ", faults)}");

        // The hash is of the meaning, not of the text: a reformatted file is not a new version.
        var meaning = JsonSerializer.SerializeToUtf8Bytes(content, Strict);
        return new(content, Convert.ToHexStringLower(SHA256.HashData(meaning)));
    }

    private static IEnumerable<string> Faults(CatalogueContent content)
    {
        var codes = content.Hosting.Select(p => p.Code).Concat(content.Domains.Select(d => d.Code))
            .Concat(content.Currencies.Select(c => c.Code));
        foreach (var twice in codes.GroupBy(c => c, StringComparer.Ordinal).Where(g => g.Count() > 1))
            yield return $"{twice.Key} stands there twice.";

        foreach (var plan in content.Hosting)
        {
            var (disk, traffic, domains, mailboxes) = plan.Quota;
            if (disk < 0 || traffic < 0 || domains < 1 || mailboxes < 0)
                yield return $"{plan.Code} has a negative quota, or none for a domain.";
            if (!plan.Periods.Select(p => p.Months).Order().SequenceEqual(BillingPeriods))
                yield return $"{plan.Code} must have the billing periods {string.Join(", ", BillingPeriods)}.";
            foreach (var fault in Prices($"{plan.Code} set-up fee", plan.SetupFee, content, least: 0))
                yield return fault;
            foreach (var (months, price) in plan.Periods)
            {
                foreach (var fault in Prices($"{plan.Code} for {months} months", price, content)) yield return fault;
            }
        }

        foreach (var domain in content.Domains)
        {
            foreach (var fault in Prices($"{domain.Code} register", domain.Register, content)
                .Concat(Prices($"{domain.Code} renew", domain.Renew, content))
                .Concat(Prices($"{domain.Code} transfer", domain.Transfer, content)))
                yield return fault;
        }
    }

    private static IEnumerable<string> Prices(
        string what, IReadOnlyDictionary<string, decimal> prices, CatalogueContent content, decimal? least = null)
    {
        foreach (var unknown in prices.Keys.Where(c => content.Currencies.All(known => known.Code != c)))
            yield return $"{what} has a price in {unknown}, which is not on the list of currencies.";
        foreach (var currency in content.Currencies)
        {
            if (!prices.TryGetValue(currency.Code, out var price))
                yield return $"{what} has no price in {currency.Code}.";
            else if (price < (least ?? currency.LeastAmount) || price != decimal.Round(price, currency.MinorUnits))
                yield return $"{what} of {price} {currency.Code} is too low or has too many decimals.";
        }
    }
}
