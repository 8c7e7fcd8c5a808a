using System.Security.Cryptography;
using System.Text;
using OpenTelemetry;

namespace EPerfect.Accounts.Credentials;

/// <summary>
/// Asks a list of leaked passwords that speaks the Pwned Passwords range protocol. It is told the first 5 of 40 digits
/// of the hash and never learns which password was meant; padding hides from a listener how long the answer was. Where
/// no list is configured, or it is away, the local rules stand alone: nobody is kept out by another's outage.
/// </summary>
internal sealed partial class BreachedPasswords(HttpClient list, ILogger<BreachedPasswords> logger)
{
    public const string Setting = "Identity:BreachedPasswords";

    private const int Told = 5;

    public async Task<bool> ContainsAsync(string password, CancellationToken cancellationToken)
    {
        if (list.BaseAddress is null) return false;
        // The protocol's hash. Nothing rests on its strength.
#pragma warning disable CA5350
        var hash = Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350
        try
        {
            // Not even the five digits belong into a trace.
            using var untraced = SuppressInstrumentationScope.Begin();
            var range = await list.GetStringAsync(new Uri($"range/{hash[..Told]}", UriKind.Relative), cancellationToken);
            return IsListed(range, hash[Told..]);
        }
        catch (Exception away) when (
            away is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            LogAway(away.GetType().Name);
            return false;
        }
    }

    /// <summary>Lines of <c>suffix:count</c>; those that never leaked pad the answer.</summary>
    private static bool IsListed(string range, string suffix) => range
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Any(line => line.StartsWith(suffix, StringComparison.OrdinalIgnoreCase)
            && line[suffix.Length..] is [':', .. var count] && count != "0");

    public static void Add(IServiceCollection services)
    {
        services.AddHttpClient<BreachedPasswords>(Configure)
            // They would log addresses, and with them the five digits.
            .RemoveAllLoggers();
        services.AddHostedService<BreachedPasswordsHealth>();
        services.AddHealthChecks().AddCheck<BreachedPasswordsHealth>("breached-passwords", tags: ["ready"]);
    }

    private static void Configure(IServiceProvider services, HttpClient client)
    {
        client.Timeout = TimeSpan.FromSeconds(2);
        client.DefaultRequestHeaders.Add("Add-Padding", "true");
        client.DefaultRequestHeaders.UserAgent.ParseAdd("eperfect");
        if (services.GetRequiredService<IConfiguration>()[Setting] is { Length: > 0 } url)
            client.BaseAddress = new Uri(url.TrimEnd('/') + "/");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Failure}: the list of leaked passwords was not asked")]
    private partial void LogAway(string failure);
}
