using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EPerfect.PersonalData;

/// <summary>
/// Key-encryption keys in a HashiCorp Vault, which they never leave: each version of a transit key is an epoch. Needs Vault
/// 1.9 or later, for associated data.
/// </summary>
public sealed class TransitKeyEncryptionKeyProvider : IKeyEncryptionKeyProvider, IDisposable
{
    private readonly TransitOptions options;
    private readonly TransitClient client;
    private int current;

    /// <summary>Asks nothing yet. Vault makes the keys when they are first needed, if the token may.</summary>
    /// <param name="options">Which key.</param>
    /// <exception cref="InvalidOperationException">There is no token.</exception>
    public TransitKeyEncryptionKeyProvider(TransitOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Token) && string.IsNullOrWhiteSpace(options.TokenFile))
        {
            throw new InvalidOperationException("Vault wants a token: PersonalData:Vault:Token or :TokenFile.");
        }

        (this.options, client) = (options, new TransitClient(options));
    }

    private string KeyPath => $"keys/{options.Key}";

    /// <inheritdoc/>
    public int CurrentEpoch
    {
        get
        {
            if (Volatile.Read(ref current) == 0)
            {
                var latest = client.Ask(HttpMethod.Get, KeyPath, null, Latest);
                if (latest == 0)
                {
                    client.Ask(HttpMethod.Post, KeyPath, NewKey(), _ => true);
                    latest = client.Ask(HttpMethod.Get, KeyPath, null, Latest);
                }

                Keep(latest);
            }

            return Volatile.Read(ref current);
        }
    }

    /// <inheritdoc/>
    public async ValueTask RefreshAsync(CancellationToken ct)
    {
        var latest = await client.AskAsync(HttpMethod.Get, KeyPath, null, Latest, ct);
        if (latest == 0)
        {
            await client.AskAsync(HttpMethod.Post, KeyPath, NewKey(), _ => true, ct);
            latest = await client.AskAsync(HttpMethod.Get, KeyPath, null, Latest, ct);
        }

        Keep(latest);
    }

    /// <inheritdoc/>
    public async ValueTask CreateEpochAsync(int epoch, CancellationToken ct)
    {
        await RefreshAsync(ct);
        if (CurrentEpoch < epoch)
        {
            await client.AskAsync(HttpMethod.Post, $"{KeyPath}/rotate", null, _ => true, ct);
            await RefreshAsync(ct);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DestroyEpochAsync(int epoch, CancellationToken ct)
    {
        var oldest = await client.AskAsync(HttpMethod.Get, KeyPath, null, Oldest, ct);
        if (oldest > epoch)
        {
            return;
        }

        // Only what is neither to be encrypted nor decrypted under can be trimmed.
        var bounds = Json(json =>
        {
            json.WriteNumber("min_decryption_version", epoch + 1);
            json.WriteNumber("min_encryption_version", epoch + 1);
        });
        await client.AskAsync(HttpMethod.Post, $"{KeyPath}/config", bounds, _ => true, ct);
        var trim = Json(json => json.WriteNumber("min_available_version", epoch + 1));
        await client.AskAsync(HttpMethod.Post, $"{KeyPath}/trim", trim, _ => true, ct);
        if (await client.AskAsync(HttpMethod.Get, KeyPath, null, Oldest, ct) <= epoch)
        {
            throw new VaultUnavailableException(new InvalidOperationException($"Vault has not trimmed {KeyPath}."));
        }
    }

    /// <inheritdoc/>
    public async ValueTask<byte[]> WrapAsync(
        int epoch, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, CancellationToken ct)
    {
        var body = Json(json =>
        {
            json.WriteBase64String("plaintext", key.Span);
            json.WriteBase64String("associated_data", context.Span);
            json.WriteNumber("key_version", epoch);
        });
        try
        {
            return await client.AskAsync(
                    HttpMethod.Post, $"encrypt/{options.Key}", body,
                    data => Encoding.ASCII.GetBytes(data.GetProperty("ciphertext").GetString()!), ct)
                ?? throw Missing();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(body);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<byte[]> UnwrapAsync(
        int epoch, ReadOnlyMemory<byte> wrapped, ReadOnlyMemory<byte> context, CancellationToken ct)
    {
        var text = Encoding.ASCII.GetString(wrapped.Span);
        if (!text.StartsWith(string.Create(CultureInfo.InvariantCulture, $"vault:v{epoch}:"), StringComparison.Ordinal))
        {
            throw new TamperSuspectedException($"A stored key was not wrapped by Vault under epoch {epoch}.");
        }

        var body = Json(json =>
        {
            json.WriteString("ciphertext", text);
            json.WriteBase64String("associated_data", context.Span);
        });
        return await client.AskAsync(
                HttpMethod.Post, $"decrypt/{options.Key}", body,
                data => data.GetProperty("plaintext").GetBytesFromBase64(), ct)
            ?? throw Missing();
    }

    /// <inheritdoc/>
    public byte[] DeriveIndexKey(string scope)
    {
        // A key of its own that is never rotated; its first version for ever, should somebody rotate it all the same.
        if (client.Ask(HttpMethod.Get, $"{KeyPath}-index", null, Latest) == 0)
        {
            client.Ask(HttpMethod.Post, $"{KeyPath}-index", NewKey(), _ => true);
        }

        var body = Json(json =>
        {
            json.WriteBase64String("input", Encoding.UTF8.GetBytes($"blind-index|{scope}"));
            json.WriteNumber("key_version", 1);
        });
        return client.Ask(
                HttpMethod.Post, $"hmac/{options.Key}-index/sha2-256", body,
                data => Convert.FromBase64String(data.GetProperty("hmac").GetString()!.Split(':')[2]))
            ?? throw Missing();
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private static int Latest(JsonElement key) => key.GetProperty("latest_version").GetInt32();

    private static int Oldest(JsonElement key) => key.GetProperty("min_available_version").GetInt32();

    private static byte[] NewKey() => Json(json => json.WriteString("type", "aes256-gcm96"));

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        var room = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(room);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        json.Flush();
        var text = room.WrittenSpan.ToArray();
        // It may have held a key.
        room.Clear();
        return text;
    }

    private VaultUnavailableException Missing() =>
        new(new InvalidOperationException($"Vault has no {options}, or does not show it to this token."));

    private void Keep(int latest) => Volatile.Write(ref current, latest > 0 ? latest : throw Missing());
}
