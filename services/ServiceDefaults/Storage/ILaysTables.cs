using Microsoft.Extensions.Hosting;

namespace EPerfect.ServiceDefaults;

/// <summary>Lays tables or indexes beside Marten's where they miss, when a service starts that may (<c>Store:CreateSchema</c>).
/// Nothing else.</summary>
public interface ILaysTables : IHostedService;
