using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;

namespace EPerfect.PersonalData;

/// <summary>
/// Talks to a transit engine over its HTTP API. Requests and answers may hold keys: they are kept as bytes, and overwritten.
/// </summary>
internal sealed class TransitClient(TransitOptions options) : IDisposable
{
    private readonly HttpClient http = new() { Timeout = options.Timeout, MaxResponseContentBufferSize = 1 << 20 };

    /// <returns>What is read from the answer's <c>data</c>; default if there is no such key.</returns>
    /// <exception cref="TamperSuspectedException">Vault refuses what it was given.</exception>
    /// <exception cref="VaultUnavailableException">It does not answer, is sealed, or does not let us.</exception>
    public async Task<T?> AskAsync<T>(
        HttpMethod method, string path, byte[]? body, Func<JsonElement, T> read, CancellationToken ct)
    {
        try
        {
            using var request = Request(method, path, body);
            using var answer = await http.SendAsync(request, ct);
            return Read(answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(ct), path, read);
        }
        catch (Exception e) when (IsOutage(e, ct))
        {
            throw new VaultUnavailableException(e);
        }
    }

    /// <summary>The same for callers that cannot wait otherwise.</summary>
    public T? Ask<T>(HttpMethod method, string path, byte[]? body, Func<JsonElement, T> read)
    {
        try
        {
            using var request = Request(method, path, body);
            using var answer = http.Send(request);
            using var bytes = new MemoryStream();
            answer.Content.ReadAsStream().CopyTo(bytes);
            return Read(answer.StatusCode, bytes.ToArray(), path, read);
        }
        catch (Exception e) when (IsOutage(e, CancellationToken.None))
        {
            throw new VaultUnavailableException(e);
        }
    }

    public void Dispose() => http.Dispose();

    private static bool IsOutage(Exception e, CancellationToken ct) =>
        e is HttpRequestException or IOException or JsonException
        || (e is OperationCanceledException && !ct.IsCancellationRequested);

    private HttpRequestMessage Request(HttpMethod method, string path, byte[]? body)
    {
        var request = new HttpRequestMessage(method, new Uri(options.Address, $"/v1/{options.Mount}/{path}"));
        var token = options.TokenFile is { } file ? File.ReadAllText(file).Trim() : options.Token;
        request.Headers.TryAddWithoutValidation("X-Vault-Token", token);
        request.Headers.TryAddWithoutValidation("X-Vault-Request", "true");
        if (options.Namespace is { } space)
        {
            request.Headers.TryAddWithoutValidation("X-Vault-Namespace", space);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        return request;
    }

    private static T? Read<T>(HttpStatusCode status, byte[] answer, string path, Func<JsonElement, T> read)
    {
        try
        {
            return status switch
            {
                HttpStatusCode.OK => Data(answer, read),
                HttpStatusCode.NoContent or HttpStatusCode.NotFound => default,
                HttpStatusCode.BadRequest => throw new TamperSuspectedException(
                    $"Vault refuses {path}: {Errors(answer)}"),
                _ => throw new HttpRequestException($"Vault answers {(int)status} to {path}.", null, status),
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(answer);
        }
    }

    private static T? Data<T>(byte[] answer, Func<JsonElement, T> read)
    {
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
            ? read(data)
            : default;
    }

    private static string Errors(byte[] answer)
    {
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.TryGetProperty("errors", out var errors) ? errors.GetRawText() : "no reason given";
    }
}
