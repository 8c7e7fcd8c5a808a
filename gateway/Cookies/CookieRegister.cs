using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace EPerfect.Gateway;

/// <summary>A cookie that may be set, by which service, and what for.</summary>
internal sealed record RegisteredCookie(
    string Name, string Category, string Purpose, string Lifetime, string Of = "accounts");

/// <summary>
/// The cookies that there are: cookies.json. Any other never reaches a client, whatever sets it, and is named in the log
/// once; nor does one from elsewhere than the pages of the service that it is of.
/// </summary>
internal sealed partial class CookieRegister(ILogger<CookieRegister> logger)
{
    /// <summary>Over https a browser then takes the cookie from this very host alone.</summary>
    private const string HostPrefix = "__Host-";

    /// <summary>A service that invents names does not fill the memory.</summary>
    private const int MostNoted = 100;

    private static readonly Dictionary<string, RegisteredCookie> Register = Read();
    private readonly ConcurrentDictionary<string, bool> noted = new(StringComparer.Ordinal);

    public static IReadOnlyCollection<RegisteredCookie> All => Register.Values;

    public static void Add(WebApplicationBuilder builder) => builder.Services.AddSingleton<CookieRegister>();

    public static void Use(WebApplication app)
    {
        var register = app.Services.GetRequiredService<CookieRegister>();
        app.Use((context, next) =>
        {
            context.Response.OnStarting(register.StripAsync, context);
            return next(context);
        });
    }

    /// <summary>Whether a service's pages may set it, and get it.</summary>
    public static bool Has(string name, string service) => Register.TryGetValue(
        name.StartsWith(HostPrefix, StringComparison.Ordinal) ? name[HostPrefix.Length..] : name, out var cookie)
        && cookie.Of == service;

    /// <summary>Of a cookie as it is sent or set.</summary>
    public static string NameOf(string cookie) => cookie.Split('=', ';')[0].Trim();

    private static Dictionary<string, RegisteredCookie> Read()
    {
        using var file = typeof(CookieRegister).Assembly.GetManifestResourceStream("cookies.json")!;
        var cookies = JsonSerializer.Deserialize<RegisteredCookie[]>(file, JsonSerializerOptions.Web)!;
        return cookies.ToDictionary(cookie => cookie.Name, StringComparer.Ordinal);
    }

    private Task StripAsync(object state)
    {
        var context = (HttpContext)state;
        var set = context.Response.Headers.SetCookie;
        if (set.Count == 0) return Task.CompletedTask;
        var pages = context.HasPages() ? context.Service() : null;
        var allowed = set.Where(cookie => cookie is not null && Allows(NameOf(cookie), pages)).ToArray();
        if (allowed.Length == 0) context.Response.Headers.Remove(HeaderNames.SetCookie);
        else context.Response.Headers.SetCookie = allowed;
        return Task.CompletedTask;
    }

    private bool Allows(string name, string? pages)
    {
        if (pages is not null && Has(name, pages)) return true;
        if (noted.Count < MostNoted && noted.TryAdd(name, true)) LogStripped(name);
        return false;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The cookie {Name} is not in the register and reaches nobody.")]
    private partial void LogStripped(string name);
}
