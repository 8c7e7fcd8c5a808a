using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace EPerfect.Privacy.Partners.Queues;

/// <summary>Lets partners in at the broker and shuts them out: RabbitMQ's management interface. Each call may be
/// repeated.</summary>
internal sealed class BrokerAdministration : IDisposable
{
    private const string Nothing = "^$";
    private const int MostConnections = 5;

    /// <summary>Newer brokers drop what came back twenty times, in silence.</summary>
    private const int NeverDropped = 1_000_000;

    private readonly PartnerQueue queue;
    private readonly HttpClient http;

    public BrokerAdministration(PartnerQueue queue)
    {
        this.queue = queue;
        http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        if (queue.Administration is not { } at) return;
        http.BaseAddress = new UriBuilder(at) { UserName = "", Password = "", Path = "/api/" }.Uri;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(at.UserInfo))));
    }

    private string Host => Uri.EscapeDataString(queue.VirtualHost);

    /// <summary>The virtual host is there, and we may lay and fill queues in it.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var us = Uri.UnescapeDataString(queue.Address!.UserInfo.Split(':')[0]);
        await PutAsync($"vhosts/{Host}", new { }, cancellationToken);
        await PutAsync(
            $"permissions/{Host}/{Uri.EscapeDataString(us)}",
            new { configure = @"^partner\.", write = @"^partner\.", read = @"^partner\." },
            cancellationToken);
        await PutAsync(
            $"policies/{Host}/keep-what-comes-back",
            new Dictionary<string, object>
            {
                ["pattern"] = @"^partner\.",
                ["definition"] = new Dictionary<string, object> { ["delivery-limit"] = NeverDropped },
                ["apply-to"] = "queues",
            },
            cancellationToken);
    }

    /// <summary>The partner has this password from now on, and no other.</summary>
    public async Task AdmitAsync(Guid partner, string password, CancellationToken cancellationToken)
    {
        var user = PartnerQueue.UserOf(partner);
        await PutAsync($"users/{user}", new { password, tags = "" }, cancellationToken);
        await PutAsync($"user-limits/{user}/max-connections", new { value = MostConnections }, cancellationToken);
        await AllowAsync(partner, cancellationToken);
    }

    /// <summary>The partner may read its queue, and nothing else.</summary>
    public Task AllowAsync(Guid partner, CancellationToken cancellationToken) =>
        PermitAsync(partner, $"^{Regex.Escape(PartnerQueue.NameOf(partner))}$", cancellationToken);

    /// <summary>The partner may do nothing, from this moment; what lies in its queue stays there.</summary>
    public async Task ShutOutAsync(Guid partner, CancellationToken cancellationToken)
    {
        await PermitAsync(partner, Nothing, cancellationToken);
        // Who consumes already is not asked again.
        await DeleteAsync($"connections/username/{PartnerQueue.UserOf(partner)}", cancellationToken);
    }

    /// <summary>The partner is not known any more, and its queue is gone.</summary>
    public async Task RemoveAsync(Guid partner, CancellationToken cancellationToken)
    {
        await DeleteAsync($"connections/username/{PartnerQueue.UserOf(partner)}", cancellationToken);
        await DeleteAsync($"users/{PartnerQueue.UserOf(partner)}", cancellationToken);
        await DeleteAsync($"queues/{Host}/{PartnerQueue.NameOf(partner)}", cancellationToken);
    }

    public void Dispose() => http.Dispose();

    private async Task PermitAsync(Guid partner, string read, CancellationToken cancellationToken)
    {
        var user = PartnerQueue.UserOf(partner);
        // Nobody to permit anything to: it never asked for its queue, or gave it back.
        using var known = await http.GetAsync(new Uri($"users/{user}", UriKind.Relative), cancellationToken);
        if (known.StatusCode == HttpStatusCode.NotFound) return;
        await PutAsync(
            $"permissions/{Host}/{user}", new { configure = Nothing, write = Nothing, read }, cancellationToken);
    }

    private async Task PutAsync(string path, object body, CancellationToken cancellationToken)
    {
        using var response = await http.PutAsJsonAsync(path, body, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    private async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await http.DeleteAsync(new Uri(path, UriKind.Relative), cancellationToken);
        if (response.StatusCode != HttpStatusCode.NotFound) response.EnsureSuccessStatusCode();
    }
}
