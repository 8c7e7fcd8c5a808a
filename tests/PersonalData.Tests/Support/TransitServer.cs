using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EPerfect.PersonalData.Tests;

/// <summary>
/// Speaks the protocol of HashiCorp Vault's transit engine, as its documentation and source state it: real requests, real
/// AES-GCM, key versions, minimum versions, trimming, tokens, namespaces, the sealed state, and its errors.
/// </summary>
internal sealed class TransitServer : IAsyncDisposable
{
    public const string Token = "hvs.test";

    private readonly Dictionary<string, TransitKey> keys = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly WebApplication app;

    private TransitServer(WebApplication app) => this.app = app;

    public bool IsSealed { get; set; }

    public HttpStatusCode? Failing { get; set; }

    public TimeSpan Slow { get; set; }

    public string ValidToken { get; set; } = Token;

    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features
        .Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<TransitServer> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var listening = builder.Build();
        listening.Urls.Add("http://127.0.0.1:0");
        var server = new TransitServer(listening);
        listening.Run(server.AnswerAsync);
        await listening.StartAsync();
        return server;
    }

    public TransitKeyEncryptionKeyProvider Provider(string key = "accounts", string? space = null, int patience = 20) =>
        new(new TransitOptions(Address, key)
        {
            Token = Token, Namespace = space, Timeout = TimeSpan.FromSeconds(patience),
        });

    public TransitKey this[string name] => keys[name];

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        await Task.Delay(Slow, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var body = context.Request.ContentLength > 0
            ? (await JsonNode.ParseAsync(context.Request.Body))!.AsObject()
            : [];
        var (status, answer) = Answer(context.Request, body);
        context.Response.StatusCode = status;
        if (answer is not null)
        {
            await context.Response.WriteAsync(answer.ToJsonString());
        }
    }

    private (int Status, JsonObject? Answer) Answer(HttpRequest request, JsonObject body)
    {
        if (Failing is { } failure)
        {
            return Error((int)failure, "internal error");
        }

        if (IsSealed)
        {
            return Error(503, "Vault is sealed");
        }

        if (request.Headers["X-Vault-Token"] != ValidToken)
        {
            return Error(403, "permission denied");
        }

        var space = request.Headers["X-Vault-Namespace"].ToString();
        lock (gate)
        {
            return (request.Method, request.Path.Value!.Split('/')[1..]) switch
            {
                (_, ["v1", not "transit", ..]) => Error(404, "no handler for route"),
                ("GET", [_, _, "keys", var name]) => keys.TryGetValue(space + name, out var key)
                    ? Data(key.Describe(name))
                    : (404, new JsonObject { ["errors"] = new JsonArray() }),
                ("POST", [_, _, "keys", var name]) => Make(space + name, body),
                ("POST", [_, _, "keys", var name, "rotate"]) => With(space + name, key => key.Rotate(name)),
                ("POST", [_, _, "keys", var name, "config"]) => With(space + name, key => key.Configure(name, body)),
                ("POST", [_, _, "keys", var name, "trim"]) => With(space + name, key => key.Trim(name, body)),
                ("POST", [_, _, "encrypt", var name]) => With(space + name, key => key.Encrypt(body)),
                ("POST", [_, _, "decrypt", var name]) => With(space + name, key => key.Decrypt(body)),
                ("POST", [_, _, "hmac", var name, "sha2-256"]) => With(space + name, key => key.Hmac(body)),
                _ => Error(404, "no handler for route"),
            };
        }
    }

    private (int, JsonObject?) Make(string name, JsonObject body)
    {
        if (body["type"]?.GetValue<string>() is not (null or "aes256-gcm96"))
        {
            return Error(400, "unknown key type");
        }

        keys.TryAdd(name, new TransitKey());
        return (204, null);
    }

    private (int, JsonObject?) With(string name, Func<TransitKey, JsonObject?> work)
    {
        if (!keys.TryGetValue(name, out var key))
        {
            return Error(400, "encryption key not found");
        }

        try
        {
            return work(key) is { } data ? Data(data) : (204, null);
        }
        catch (FormatException refused)
        {
            return Error(400, refused.Message);
        }
        catch (AuthenticationTagMismatchException)
        {
            return Error(400, "cipher: message authentication failed");
        }
    }

    private static (int, JsonObject) Data(JsonObject data) => (200, new JsonObject
    {
        ["request_id"] = Guid.CreateVersion7().ToString(),
        ["lease_id"] = "",
        ["renewable"] = false,
        ["data"] = data,
        ["warnings"] = null,
    });

    private static (int, JsonObject) Error(int status, string message) =>
        (status, new JsonObject { ["errors"] = new JsonArray(message) });
}

/// <summary>One named key with its versions.</summary>
internal sealed class TransitKey
{
    private readonly SortedDictionary<int, (byte[] Key, byte[] Hmac)> versions = new() { [1] = New() };
    private int minDecryption = 1;
    private int minEncryption;
    private int minAvailable;

    public int Latest { get; private set; } = 1;

    public int Oldest => versions.Keys.First();

    public JsonObject Describe(string name) => new()
    {
        ["name"] = name,
        ["type"] = "aes256-gcm96",
        ["latest_version"] = Latest,
        ["min_decryption_version"] = minDecryption,
        ["min_encryption_version"] = minEncryption,
        ["min_available_version"] = minAvailable,
        ["deletion_allowed"] = false,
        ["exportable"] = false,
    };

    public JsonObject Rotate(string name)
    {
        versions[++Latest] = New();
        return Describe(name);
    }

    public JsonObject Configure(string name, JsonObject body)
    {
        var decryption = body["min_decryption_version"]?.GetValue<int>() ?? minDecryption;
        var encryption = body["min_encryption_version"]?.GetValue<int>() ?? minEncryption;
        Refuse(decryption > Latest, $"cannot set min decryption version of {decryption}, latest key version is {Latest}");
        Refuse(encryption > Latest, $"cannot set min encryption version of {encryption}, latest key version is {Latest}");
        Refuse(encryption > 0 && encryption < decryption, "cannot set min encryption/decryption values");
        Refuse(decryption < minAvailable, "min decryption version should not be less then min available version");
        (minDecryption, minEncryption) = (decryption, encryption);
        return Describe(name);
    }

    public JsonObject Trim(string name, JsonObject body)
    {
        var available = body["min_available_version"]?.GetValue<int>()
            ?? throw new FormatException("missing min_available_version");
        Refuse(available < minAvailable, "minimum available version cannot be decremented");
        Refuse(minEncryption == 0, "minimum available version cannot be set when minimum encryption version is not set");
        Refuse(available > minEncryption, "minimum available version cannot be greater than minmum encryption version");
        Refuse(available > minDecryption, "minimum available version cannot be greater than minimum decryption version");
        minAvailable = available;
        foreach (var version in versions.Keys.Where(version => version < available).ToList())
        {
            versions.Remove(version);
        }

        return Describe(name);
    }

    public JsonObject Encrypt(JsonObject body)
    {
        var version = body["key_version"]?.GetValue<int>() is > 0 and var asked ? asked : Latest;
        Refuse(version > Latest, "requested version for encryption is higher than the latest key version");
        Refuse(version < minEncryption, "requested version for encryption is less than the minimum encryption key version");
        var box = Aead.Seal(versions[version].Key, Bytes(body, "plaintext"), Bytes(body, "associated_data"));
        return new JsonObject { ["ciphertext"] = $"vault:v{version}:{Convert.ToBase64String(box)}", ["key_version"] = version };
    }

    public JsonObject Decrypt(JsonObject body)
    {
        var text = body["ciphertext"]!.GetValue<string>();
        Refuse(!text.StartsWith("vault:v", StringComparison.Ordinal), "invalid ciphertext: no prefix");
        var fields = text["vault:v".Length..].Split(':', 2);
        Refuse(fields.Length != 2, "invalid ciphertext: wrong number of fields");
        Refuse(!int.TryParse(fields[0], out var version), "invalid ciphertext: version number could not be decoded");
        Refuse(version > Latest, "invalid ciphertext: version is too new");
        Refuse(version < minDecryption, "ciphertext or signature version is disallowed by policy (too old)");
        var plain = Aead.Open(versions[version].Key, Convert.FromBase64String(fields[1]), Bytes(body, "associated_data"));
        return new JsonObject { ["plaintext"] = Convert.ToBase64String(plain) };
    }

    public JsonObject Hmac(JsonObject body)
    {
        var version = body["key_version"]?.GetValue<int>() is > 0 and var asked ? asked : Latest;
        Refuse(!versions.TryGetValue(version, out var key), "no such key version");
        var hmac = HMACSHA256.HashData(key.Hmac, Bytes(body, "input"));
        return new JsonObject { ["hmac"] = $"vault:v{version}:{Convert.ToBase64String(hmac)}" };
    }

    private static (byte[] Key, byte[] Hmac) New() => (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));

    private static byte[] Bytes(JsonObject body, string name) =>
        body[name] is { } text ? Convert.FromBase64String(text.GetValue<string>()) : [];

    private static void Refuse(bool refused, string why)
    {
        if (refused)
        {
            throw new FormatException(why);
        }
    }
}
