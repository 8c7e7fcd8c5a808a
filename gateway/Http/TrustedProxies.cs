using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace EPerfect.Gateway;

/// <summary>
/// Section ForwardedHeaders: the proxies before us, by address or network, whose word on the client's address and scheme
/// counts. None unless named: anybody may write such a header.
/// </summary>
internal static class TrustedProxies
{
    public static void Use(WebApplication app)
    {
        var section = app.Configuration.GetSection("ForwardedHeaders");
        var proxies = section.GetSection("KnownProxies").Get<string[]>() ?? [];
        var networks = section.GetSection("KnownNetworks").Get<string[]>() ?? [];
        if (proxies.Length + networks.Length == 0) return;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // As many as there are trusted ones in a row; who speaks to the first of them is the client.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies) options.KnownProxies.Add(IPAddress.Parse(proxy));
        foreach (var network in networks) options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        app.UseForwardedHeaders(options);
    }
}
