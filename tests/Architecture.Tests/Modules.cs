using System.Reflection;
using EPerfect.Accounts;
using EPerfect.Domains;
using EPerfect.Orders;
using EPerfect.Privacy;
using EPerfect.ServiceDefaults;

namespace EPerfect.Architecture.Tests;

/// <summary>The four services as they describe themselves.</summary>
internal static class Modules
{
    public static IReadOnlyList<(ServiceDefinition Definition, Assembly Assembly)> Services { get; } =
    [
        (AccountsModule.Define(), typeof(AccountsModule).Assembly),
        (DomainsModule.Define(), typeof(DomainsModule).Assembly),
        (OrdersModule.Define(), typeof(OrdersModule).Assembly),
        (PrivacyModule.Define(), typeof(PrivacyModule).Assembly),
    ];
}
