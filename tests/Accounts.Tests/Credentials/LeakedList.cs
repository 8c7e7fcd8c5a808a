using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EPerfect.Accounts.Tests.Credentials;

/// <summary>A server that speaks the protocol of Pwned Passwords, padding included.</summary>
internal sealed class LeakedList : IAsyncDisposable
{
    public const string Leaked = "crimson lantern 48 orchard";
    public const string Padding = "padding";

    private readonly WebApplication server;

    private LeakedList(WebApplication server) => this.server = server;

    public string Url => server.Urls.First();

    /// <summary>What it was asked for.</summary>
    public List<string> Asked { get; } = [];

    public int Status { get; set; } = 200;

    public static async Task<LeakedList> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var list = new LeakedList(builder.Build());
        list.server.MapGet("/range/{prefix}", (string prefix, HttpRequest request) =>
        {
            list.Asked.Add($"{prefix} padding={request.Headers["Add-Padding"]}");
            return list.Status == 200 ? Results.Text(Range(prefix)) : Results.StatusCode(list.Status);
        });
        await list.server.StartAsync();
        return list;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

#pragma warning disable CA5350 // The protocol's hash.
    public static string Hash(string password) => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350

    private static string Range(string prefix)
    {
        string[] hashes = [Hash(Leaked), Hash(Padding)];
        var lines = hashes.Where(hash => hash.StartsWith(prefix, StringComparison.Ordinal))
            .Select(hash => $"{hash[5..]}:{(hash == Hash(Padding) ? 0 : 37)}");
        return string.Join("\r\n", [.. lines, $"{new string('0', 34)}1:0", $"{new string('F', 34)}A:5"]);
    }
}
