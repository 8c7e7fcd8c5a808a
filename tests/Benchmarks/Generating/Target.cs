using System.Globalization;
using System.Text;

namespace EPerfect.Benchmarks;

/// <summary>Whom to ask, and what. Each request has a number, which makes what must be new in it.</summary>
internal sealed record Target(Uri Address, Func<long, byte[]> Request, bool WithBody = false)
{
    /// <summary>Where the number goes in a template; it has always twelve digits, so that lengths do not change.</summary>
    public const string Number = "{number}";

    public static Target Get(Uri address, string path, string? token = null)
    {
        var bytes = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\n{Headers(address, token)}\r\n");
        return new(address, _ => bytes);
    }

    /// <param name="address">Whom to ask.</param>
    /// <param name="path">The path.</param>
    /// <param name="key">The Idempotency-Key.</param>
    /// <param name="askers">Tokens and bodies, taken in turn.</param>
    public static Target Post(Uri address, string path, string key, IReadOnlyList<(string? Token, string Body)> askers)
    {
        var templates = askers.Select(asker =>
        {
            var length = Encoding.UTF8.GetByteCount(With(asker.Body, 0));
            return $"POST {path} HTTP/1.1\r\n{Headers(address, asker.Token)}Content-Type: application/json\r\n" +
                $"Idempotency-Key: {key}{Number}\r\nContent-Length: {length}\r\n\r\n{asker.Body}";
        }).ToArray();
        return new(
            address, number => Encoding.UTF8.GetBytes(With(templates[number % templates.Length], number)), WithBody: true);
    }

    private static string With(string template, long number) =>
        template.Replace(Number, number.ToString("D12", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static string Headers(Uri address, string? token) =>
        $"Host: {address.Authority}\r\nAccept: application/json\r\n" +
        (token is null ? "" : $"Authorization: Bearer {token}\r\n");
}
