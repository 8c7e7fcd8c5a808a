namespace EPerfect.Accounts.Credentials;

/// <summary>The setting <c>Identity:Issuer</c>: the gateway's address, under which browsers and programs know us.</summary>
internal static class Issuer
{
    public static Uri Of(IConfiguration configuration) => new(configuration["Identity:Issuer"]
        ?? throw new InvalidOperationException("Identity:Issuer is not set: under which address are tokens issued?"));

    /// <summary>The connection to the gateway is plain: whether the browser's is secure, the issuer says.</summary>
    public static bool IsSecure(IConfiguration configuration) => Of(configuration).Scheme == Uri.UriSchemeHttps;

    /// <summary>Over https a browser takes a cookie of this prefix from this very host alone (RFC 6265bis, 4.1.3.2): no
    /// neighbour under the same domain puts one in its place.</summary>
    public static string Cookie(IConfiguration configuration, string name) =>
        IsSecure(configuration) ? $"__Host-{name}" : name;
}
