using System.Net;
using System.Text.Json.Nodes;

namespace EPerfect.Testing;

/// <summary>A customer who leaves, through the gateway, and the certificate that is left.</summary>
public static class Erased
{
    /// <summary>Asks to be erased.</summary>
    /// <returns>Where the certificate will be.</returns>
    public static async Task<string> AskToBeErasedAsync(this TestCustomer customer)
    {
        using var client = customer.NewClient();
        var filed = await client.PostWithKeyAsync(
            $"/api/privacy/people/{customer.AccountId}/requests", new { kind = "erasure" });
        return filed.StatusCode == HttpStatusCode.Created
            ? (await filed.JsonAsync())["certificate"]!.GetValue<string>()
            : throw new InvalidOperationException(
                $"{(int)filed.StatusCode} instead of 201: {await filed.Content.ReadAsStringAsync()}");
    }

    /// <summary>Waits for the certificate, and has the offline verifier say that it holds.</summary>
    /// <param name="platform">Where.</param>
    /// <param name="certificate">Its address.</param>
    /// <param name="account">Whose it must be.</param>
    /// <param name="within">How long at most.</param>
    /// <returns>What is certified.</returns>
    public static async Task<JsonObject> CertificateAsync(
        this RunningPlatform platform, string certificate, Guid account, TimeSpan? within = null)
    {
        using var nobody = new HttpClient { BaseAddress = platform.Gateway };
        var jws = await Until.SomeAsync(
            () => TextAsync(nobody, certificate), "the certificate is there", within ?? TimeSpan.FromMinutes(2));
        var folder = Directory.CreateTempSubdirectory("eperfect-certificate-").FullName;
        try
        {
            var (file, keys) = (Path.Combine(folder, "certificate.jws"), Path.Combine(folder, "keys.json"));
            await File.WriteAllTextAsync(file, jws);
            await File.WriteAllTextAsync(keys, await Until.SomeAsync(
                () => TextAsync(nobody, "/api/privacy/keys"), "the keys are there"));
            var (code, output) = await platform.RunAsync(
                "privacy", "verify-certificate", file, "--keys", keys, "--account", $"{account:D}");
            if (code != 0) throw new InvalidOperationException($"The verifier says {code}: {output}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        var payload = jws.Split('.')[1].Replace('-', '+').Replace('_', '/');
        return JsonNode.Parse(Convert.FromBase64String(payload.PadRight((payload.Length + 3) / 4 * 4, '=')))!.AsObject();
    }

    private static async Task<string?> TextAsync(HttpClient client, string path)
    {
        try
        {
            var answer = await client.GetAsync(path);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : null;
        }
        catch (HttpRequestException)
        {
            return null; // a part is being killed at this moment
        }
    }
}
