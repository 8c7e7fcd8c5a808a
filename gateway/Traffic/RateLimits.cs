using System.Net;
using Microsoft.Extensions.Options;

namespace EPerfect.Gateway;

/// <summary>
/// Nobody takes more than a share: requests are counted by address before anything is done for them, and by token once
/// it is known. Every answer says how much is left (IETF draft RateLimit header fields for HTTP); past it, 429.
/// </summary>
internal sealed class RateLimits
{
    /// <summary>How many networks of a site may be busy at once before the whole site is too many.</summary>
    private const int NetworksPerSite = 16;

    private readonly RateLimitOptions options;
    private readonly IReadOnlyList<IPNetwork> unlimited;
    private readonly Windows windows;

    public RateLimits(IOptions<RateLimitOptions> options, TimeProvider time)
    {
        this.options = options.Value;
        unlimited = this.options.UnlimitedNetworks;
        windows = new Windows(time, this.options.MostCallers);
    }

    public static void Add(WebApplicationBuilder builder) => builder.Services
        .Configure<RateLimitOptions>(builder.Configuration.GetSection("RateLimits"))
        .AddSingleton<RateLimits>();

    public static void UseAddresses(WebApplication app) =>
        app.Use(app.Services.GetRequiredService<RateLimits>().CountAddressAsync);

    public static void UseClients(WebApplication app) =>
        app.Use(app.Services.GetRequiredService<RateLimits>().CountClientAsync);

    /// <summary>A mistyped class would be a door without a limit: it ends the start.</summary>
    public static void DemandClasses(WebApplication app)
    {
        var known = app.Services.GetRequiredService<RateLimits>().options.Classes;
        var named = RouteTraits.All(app).Select(RouteTraits.RateLimit).OfType<string>();
        var unknown = named.Append(RateLimitOptions.Address).Append(RateLimitOptions.Client)
            .Where(name => !known.ContainsKey(name)).ToList();
        if (unknown.Count > 0)
            throw new InvalidOperationException($"RateLimits:Classes has no {string.Join(", ", unknown)}.");
    }

    private Task CountAddressAsync(HttpContext context, RequestDelegate next)
    {
        if (context.IsProbe() || CountedAddress(context) is not { } who) return next(context);
        var balances = new Balances();
        context.Features.Set(balances);
        context.Response.OnStarting(balances.WriteAsync, context);
        balances.Add(TakeAt(RateLimitOptions.Address, who, context));
        if (context.RateLimit() is { } further) balances.Add(TakeAt(further, who, context));
        return balances.Exceeded is { } over ? GatewayProblems.TooManyRequests(over).ExecuteAsync(context) : next(context);
    }

    private Task CountClientAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<Balances>() is not { } balances || Callers.Client(context) is not { } client)
            return next(context);
        balances.Add(Take(RateLimitOptions.Client, client));
        return balances.Exceeded is { } over ? GatewayProblems.TooManyRequests(over).ExecuteAsync(context) : next(context);
    }

    /// <summary>The address that a request is counted for; null if it is one of our own frontends'.</summary>
    public string? CountedAddress(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (unlimited.Count == 0 || address is null) return Callers.Address(address);
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return unlimited.Any(network => network.Contains(plain)) ? null : Callers.Address(address);
    }

    /// <summary>Whoever has a site of IPv6 has 65,536 networks of 64 bits: the site as a whole has a quota too, and is asked
    /// first, or one site would fill the table. It may as well be 65,536 customers of one provider: a network that has used up
    /// its own quota uses up nothing of theirs.</summary>
    private Balance TakeAt(string name, string who, HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        var (quota, crowd) = (options.Classes[name], Callers.Crowd(address));
        if (Callers.Site(address) is { } site)
        {
            if (windows.UsedUp(name, quota, who) is { } over) return over;
            var whole = windows.Take(name, quota with { Requests = quota.Requests * NetworksPerSite }, site, crowd);
            if (!whole.Allowed) return whole;
        }

        return windows.Take(name, quota, who, crowd);
    }

    private Balance Take(string name, string who) => windows.Take(name, options.Classes[name], who, "tokens");
}
