using EPerfect.Contracts.Orders;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Npgsql;

namespace EPerfect.Privacy.Tests.Partners.Killed;

/// <summary>Two processes of Privacy on a broker of their own, people who agree and people who do not, and what happens to
/// them.</summary>
internal sealed class KilledPlatform : IAsyncDisposable
{
    private static readonly TimeSpan MostTimeToConfirm = TimeSpan.FromSeconds(5);
    private readonly BrokerServer broker = new();
    private readonly List<TestInstance> instances = [];
    private TestDatabase database = null!;
    private TestVirtualHost host = null!;
    private TestIssuer issuer = null!;

    public Guid Partner { get; private set; }

    public IReadOnlyList<Guid> Agreeing { get; private set; } = [];

    public IReadOnlyList<Guid> Silent { get; private set; } = [];

    public PartnerReader.Access Queue { get; private set; } = null!;

    public string Secret { get; private set; } = "";

    public static async Task<KilledPlatform> StartAsync(PostgresServer postgres, string webhook, CancellationToken ct)
    {
        var platform = new KilledPlatform();
        platform.host = await platform.broker.CreateVirtualHostAsync(
            Topology.Render([PrivacyModule.Define(), .. OtherServices.All], "any"), ct);
        platform.database = await postgres.CreateDatabaseAsync("privacy", ct: ct);
        platform.issuer = await TestIssuer.StartAsync(cancellationToken: ct);
        await platform.PrepareAsync(postgres, webhook, ct);
        for (var i = 0; i < 2; i++)
        {
            platform.instances.Add(await TestInstance.StartAsync(
                typeof(PrivacyModule).Assembly,
                platform.database,
                platform.host,
                platform.issuer,
                new Dictionary<string, string>(StringComparer.Ordinal) { ["Webhooks__AllowLoopback"] = "true" },
                ct));
        }

        return platform;
    }

    /// <summary>The partner's program, at an instance.</summary>
    public HttpClient Program(int instance)
    {
        var client = new HttpClient { BaseAddress = instances[instance].Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", issuer.Token(
            scopes: ["partner:feed"], claims: claims => claims["partner"] = Partner.ToString("D")));
        return client;
    }

    /// <summary>SIGKILL, and a while later it is started again.</summary>
    public async Task KillAsync(TimeSpan away, CancellationToken ct, params IReadOnlyList<int> killed)
    {
        await Task.WhenAll(killed.Select(one => instances[one].KillAsync()));
        await Task.Delay(away, ct);
        await Task.WhenAll(killed.Select(one => instances[one].StartAgainAsync(ct)));
    }

    public async Task KillBrokerAsync(TimeSpan away, CancellationToken ct)
    {
        await broker.KillAsync();
        await Task.Delay(away, ct);
        await broker.StartAgainAsync(ct);
    }

    /// <summary>Publishes as Orders does: until the broker has said that it has it, again under the same id.</summary>
    public async Task PublishAsync(IReadOnlyList<OrderPlaced> orders, Func<int, bool> mayGoOn, CancellationToken ct)
    {
        Wire? wire = null;
        var published = 0;
        foreach (var some in orders.Chunk(50))
        {
            await Until.TrueAsync(() => Task.FromResult(mayGoOn(published)), "partners keep up", TimeSpan.FromMinutes(3));
            while (true)
            {
                try
                {
                    wire ??= await Wire.ConnectAsync(host, ct);
                    await Task.WhenAll(some.Select(order => wire.PublishAsync(OrderPlaced.Name, order, order.OrderId, ct)))
                        .WaitAsync(MostTimeToConfirm, ct);
                    published += some.Length;
                    break;
                }
                catch (Exception broken) when (!ct.IsCancellationRequested
                    && broken is RabbitMQ.Client.Exceptions.RabbitMQClientException or IOException or TimeoutException)
                {
                    wire = null;
                    await Task.Delay(200, ct);
                }
            }
        }
    }

    /// <summary>What stands in the feed, in order; read past all code that delivers it.</summary>
    public async Task<IReadOnlyList<(Arrival Entry, Guid Order)>> StoredAsync()
    {
        await using var connection = new NpgsqlConnection(database.Admin);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            select (data ->> 'entryId')::uuid, (data ->> 'subject')::uuid, version, seq_id, (data -> 'data' ->> 'orderId')::uuid
            from store.mt_events where type = 'feed_entry_recorded' and data -> 'data' ? 'orderId' order by seq_id
            """,
            connection);
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<(Arrival, Guid)>();
        while (await rows.ReadAsync())
        {
            found.Add((
                new(rows.GetGuid(0), rows.GetGuid(1), rows.GetInt64(2), rows.GetInt64(3)), rows.GetGuid(4)));
        }

        return found;
    }

    /// <summary>Of which entries there are lines in people's accounting.</summary>
    public async Task<IReadOnlyList<Guid>> AccountedAsync()
    {
        await using var connection = new NpgsqlConnection(database.Admin);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select entry_id from store.partner_disclosures", connection);
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<Guid>();
        while (await rows.ReadAsync()) found.Add(rows.GetGuid(0));
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in instances) await instance.DisposeAsync();
        await broker.DisposeAsync();
        await issuer.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>By an instance that is gone before anything happens.</summary>
    private async Task PrepareAsync(PostgresServer postgres, string webhook, CancellationToken ct)
    {
        await using var privacy = await TestService.StartAsync(
            PrivacyModule.Define(), postgres, host, database, issuer: issuer,
            configure: builder => builder.Configuration["Webhooks:AllowLoopback"] = "true", cancellationToken: ct);
        Partner = FeedSteps.IdOf(await privacy.AgreeAsync());
        Agreeing = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => privacy.ConsentingAsync()));
        Silent = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => privacy.ConsentingAsync(given: false)));
        Queue = await PartnerReader.AskAsync(privacy, Partner);
        using var program = privacy.Program(Partner);
        var set = await program.PutAsync(WebhookSteps.Webhook, new { url = webhook });
        ((int)set.StatusCode).ShouldBe(204, await set.Content.ReadAsStringAsync(ct));
        Secret = await program.MakeSecretAsync();
    }
}
