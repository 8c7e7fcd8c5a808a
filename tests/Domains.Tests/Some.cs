using EPerfect.Contracts.Orders;
using EPerfect.Domains.Registration;
using EPerfect.Domains.Registration.Reactions;
using EPerfect.Domains.Registration.Registry;

namespace EPerfect.Domains.Tests;

/// <summary>Values for tests that do not care which.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    public static readonly DateTimeOffset Later = Now.AddMinutes(1);
    public static readonly string[] OurNameservers = ["ns1.host.example", "ns2.host.example"];
    public static readonly Guid Account = Guid.Parse("0195a000-0000-7000-8000-00000000000a");
    public static readonly Guid Contact = Guid.Parse("0195a000-0000-7000-8000-00000000000c");

    public static Guid Item(int number) => new($"0195a000-0000-7000-8000-{number:D12}");

    public static DomainRegistrationRequested Asked(
        int item = 1, string name = "shop.com", int years = 1, params string[] nameservers) =>
        new(Item(1000 + item), Item(item), Account, name, years, Contact, nameservers, Now, 3);

    public static RegistrationRequest Request(int item = 1, string name = "shop.com", int years = 1) =>
        new(Item(1000 + item), Item(item), Account, name, years, Contact, OurNameservers);

    public static RegistrationStarted Started(int item = 1, string name = "shop.com") => new(Request(item, name), Now);

    public static RegistrationQueued Queued(int item, int years = 1) => new(Request(item, years: years), Now);

    public static DomainRegistered Registered(int item = 1, string name = "shop.com") => new(
        name,
        "A1_DOMAIN_COM-VRSN",
        Account,
        Item(1000 + item),
        Item(item),
        Contact,
        OurNameservers,
        Now,
        Now.AddYears(1));

    public static RegistrationFailed Failed(int item, string reason, string name = "shop.com") =>
        new(name, Item(1000 + item), Item(item), reason, Now);

    public static RegistryAnswer.Registered Yes => new("A1_DOMAIN_COM-VRSN", Now, Now.AddYears(1));

    public static ServiceDefaults.Decision Request(this Domain? domain, DomainRegistrationRequested asked) =>
        RequestRegistration.Decide(domain, asked, OurNameservers, Now);
}
