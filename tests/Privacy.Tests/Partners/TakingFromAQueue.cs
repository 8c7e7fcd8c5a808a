using System.Net;
using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.Privacy.Partners.Queues;
using EPerfect.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>A partner reads its own queue, with a client that knows nothing of us, at a real broker.</summary>
public sealed class TakingFromAQueue(PostgresServer postgres, BrokerServer broker)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact, Control("S11")]
    public async Task What_is_agreed_and_allowed_comes_in_order_as_CloudEvents()
    {
        await using var privacy = await StartAsync();
        var partner = FeedSteps.IdOf(await privacy.AgreeAsync());
        await using var reader = await (await PartnerReader.ConnectAsync(await PartnerReader.AskAsync(privacy, partner)))
            .ConsumeAsync();
        var (person, silent) = (await privacy.ConsentingAsync(), await privacy.ConsentingAsync(given: false));
        await privacy.OrderedAsync(silent);
        var ids = await OrderAsync(privacy, person, 20);

        await reader.HasSeenAsync(ids);

        reader.Ids.ShouldBe(ids);
        reader.Header(0, "cloudEvents:specversion").ShouldBe("1.0");
        reader.Header(0, "cloudEvents:type").ShouldBe(OrderPlacedData.EventType);
        reader.Header(0, "cloudEvents:subject").ShouldBe($"{person:D}");
        reader.Header(19, "cloudEvents:sequence").ShouldBe("20");
        (await privacy.DisclosuresAsync(person)).Count.ShouldBe(20);
        (await privacy.DisclosuresAsync(silent)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_partner_can_read_its_queue_and_nothing_else()
    {
        await using var privacy = await StartAsync();
        var (mine, other) = (await privacy.AgreeAsync(), await privacy.AgreeAsync());
        var access = await PartnerReader.AskAsync(privacy, FeedSteps.IdOf(mine));
        var others = await PartnerReader.AskAsync(privacy, FeedSteps.IdOf(other));

        await RefusedAsync(access, channel => channel.BasicGetAsync(others.Queue, autoAck: true, Token));
        await RefusedAsync(access, channel => channel.QueuePurgeAsync(others.Queue, Token));
        await RefusedAsync(access, channel => channel.QueueDeleteAsync(access.Queue, cancellationToken: Token));
        await RefusedAsync(access, channel => channel.QueueDeclareAsync("mine", cancellationToken: Token));
        await RefusedAsync(access, channel => channel.ExchangeDeclareAsync("mine", "fanout", cancellationToken: Token));
        await RefusedAsync(
            access, channel => channel.QueueBindAsync(access.Queue, PartnerQueue.Exchange, "all", cancellationToken: Token));
        await RefusedAsync(access, channel => PublishAsync(channel, PartnerQueue.Exchange, access.Queue));
        await RefusedAsync(access, channel => PublishAsync(channel, "", access.Queue));
        await RefusedAsync(access, channel => PublishAsync(channel, "amq.topic", access.Queue));
        // Neither into our own virtual host, nor where one could list.
        var foreign = await Should.ThrowAsync<OperationInterruptedException>(
            PartnerReader.ConnectAsync(access with { VirtualHost = access.VirtualHost[..^"-partners".Length] }));
        foreign.ShutdownReason!.ReplyText.ShouldContain("NOT_ALLOWED");
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(
            System.Text.Encoding.UTF8.GetBytes($"{access.User}:{access.Password}")));
        var administration = privacy.Services.GetRequiredService<IConfiguration>()["Broker:Administration"]!;
        var management = new UriBuilder(administration) { UserName = "", Password = "" }.Uri;
        foreach (var path in (string[])["api/queues", "api/users", "api/connections", "api/definitions"])
            (await http.GetAsync(new Uri(management, path), Token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, path);
    }

    [Fact, Control("S11")]
    public async Task Suspended_it_is_shut_out_at_once_and_resumed_it_finds_what_it_had_not_read()
    {
        await using var privacy = await StartAsync();
        var partner = await privacy.AgreeAsync();
        var access = await PartnerReader.AskAsync(privacy, FeedSteps.IdOf(partner));
        var person = await privacy.ConsentingAsync();
        await using var reader = await (await PartnerReader.ConnectAsync(access)).ConsumeAsync();
        var before = await OrderAsync(privacy, person, 3);
        await reader.HasSeenAsync(before);

        using var staff = privacy.Staff("operator");
        (await staff.PostWithKeyAsync($"{partner}/suspension", new { reason = "security" })).EnsureSuccessStatusCode();
        await Until.TrueAsync(() => Task.FromResult(!reader.Connection.IsOpen), "its connection is closed");
        await RefusedAsync(access, channel => channel.BasicGetAsync(access.Queue, autoAck: false, Token));
        var meanwhile = await OrderAsync(privacy, person, 3);
        using var officer = privacy.Staff("privacy-officer");
        (await officer.DeleteAsync($"{partner}/suspension", Token)).EnsureSuccessStatusCode();

        await using var again = await PartnerReader.LetInAgainAsync(access);
        await Until.TrueAsync(() => Task.FromResult(again.Seen.Count > meanwhile.Count), "all of it came, and a notice");
        again.SeenOf(OrderPlacedData.EventType).ShouldBe(meanwhile);
        again.SeenOf(AgreementChangedData.EventType).ShouldBe([again.Seen[^1]], "it is told that it goes on");
    }

    [Fact, Control("S11")]
    public async Task What_lay_unread_while_it_was_shut_out_passes_the_gate_again()
    {
        await using var privacy = await StartAsync();
        var partner = await privacy.AgreeAsync();
        var access = await PartnerReader.AskAsync(privacy, FeedSteps.IdOf(partner));
        var (stays, leaves) = (await privacy.ConsentingAsync(), await privacy.ConsentingAsync());
        var kept = await OrderAsync(privacy, stays, 2);
        var withdrawn = await OrderAsync(privacy, leaves, 2);
        kept = [.. kept, .. await OrderAsync(privacy, stays, 2)];
        await using (var unread = await PartnerReader.ConnectAsync(access))
            await Until.TrueAsync(async () => await CountAsync(unread) == 6, "all lies there");

        using var staff = privacy.Staff("operator");
        (await staff.PostWithKeyAsync($"{partner}/suspension", new { reason = "security" })).EnsureSuccessStatusCode();
        await privacy.WithdrawAsync(leaves);
        await using var channel = await privacy.Services.GetRequiredService<QueueChannel>().CreateAsync(Token);
        await Until.TrueAsync(
            async () => (await channel.QueueDeclarePassiveAsync(access.Queue, Token)).MessageCount == 0, "it is taken back");
        using var officer = privacy.Staff("privacy-officer");
        (await officer.DeleteAsync($"{partner}/suspension", Token)).EnsureSuccessStatusCode();

        await using var again = await PartnerReader.LetInAgainAsync(access);
        await again.HasSeenAsync(kept);
        await Task.Delay(TimeSpan.FromSeconds(1), Token);
        again.SeenOf(OrderPlacedData.EventType).ShouldBe(kept);
        again.Seen.Intersect(withdrawn).ShouldBeEmpty();
    }

    [Fact]
    public async Task Suspended_at_the_moment_of_asking_it_is_given_no_password()
    {
        await using var privacy = await StartAsync();
        var partner = await privacy.AgreeAsync();
        var id = FeedSteps.IdOf(partner);
        await PartnerReader.AskAsync(privacy, id);
        using var staff = privacy.Staff("operator");
        using var program = privacy.Program(id);

        // Whoever asks waits behind the door, with the command committed; meanwhile it is suspended.
        var held = await privacy.Services.GetRequiredService<DoorLock>().TakeAsync(id, Token);
        var asking = program.PostWithKeyAsync("/api/partners/queue", new { });
        await Task.Delay(TimeSpan.FromSeconds(1), Token);
        asking.IsCompleted.ShouldBeFalse();
        (await staff.PostWithKeyAsync($"{partner}/suspension", new { reason = "security" })).EnsureSuccessStatusCode();
        await held.DisposeAsync();

        (await (await asking).ProblemCodeAsync()).ShouldBe("deliveries-stopped");
    }

    [Fact]
    public async Task A_broker_that_confirms_nothing_any_more_holds_nobody_up_for_ever()
    {
        var host = await broker.CreateVirtualHostAsync(ct: Token);
        var uri = new Uri(host.UriFor("privacy"));
        await using var cable = new Cable(uri.Port);
        await using var privacy = await TestService.StartAsync(
            PrivacyModule.Define(),
            postgres,
            broker: host,
            configure: builder => builder.Configuration["Broker:Uri"] = new UriBuilder(uri) { Port = cable.Port }.ToString(),
            cancellationToken: Token);
        var access = await PartnerReader.AskAsync(privacy, FeedSteps.IdOf(await privacy.AgreeAsync())) with { Port = uri.Port };
        var person = await privacy.ConsentingAsync();
        await using var reader = await (await PartnerReader.ConnectAsync(access)).ConsumeAsync();
        var ids = await OrderAsync(privacy, person, 2);
        await reader.HasSeenAsync(ids);

        cable.Clog();
        ids = [.. ids, .. await OrderAsync(privacy, person, 3)];
        await Task.Delay(TimeSpan.FromSeconds(2), Token);
        cable.Cut();
        cable.Mend();

        await reader.HasSeenAsync(ids);
        reader.Seen.ShouldBe(ids);
    }

    [Fact]
    public async Task A_new_password_ends_the_old_one_and_closing_ends_both()
    {
        await using var privacy = await StartAsync();
        var partner = FeedSteps.IdOf(await privacy.AgreeAsync());
        var first = await PartnerReader.AskAsync(privacy, partner);
        var second = await PartnerReader.AskAsync(privacy, partner);

        await Should.ThrowAsync<BrokerUnreachableException>(PartnerReader.ConnectAsync(first));
        await (await PartnerReader.ConnectAsync(second)).DisposeAsync();
        using var program = privacy.Program(partner);
        (await program.DeleteAsync("/api/partners/queue", Token)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Until.TrueAsync(() => PartnerReader.IsNobodyAsync(second), "the broker does not know it");
        // And back: what was given back a moment ago does not shut out who comes again.
        var third = await PartnerReader.AskAsync(privacy, partner);
        await Task.Delay(TimeSpan.FromSeconds(2), Token);
        await using var reader = await PartnerReader.ConnectAsync(third);
        (await reader.Channel.QueueDeclarePassiveAsync(third.Queue, Token)).MessageCount.ShouldBe(0u);
    }

    [Fact]
    public async Task Who_does_not_read_gets_no_more_than_a_thousand_ahead_and_then_all_of_it()
    {
        await using var privacy = await StartAsync();
        var partner = FeedSteps.IdOf(await privacy.AgreeAsync());
        var access = await PartnerReader.AskAsync(privacy, partner);
        var people = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => privacy.ConsentingAsync()));
        var ids = await Task.WhenAll(people.Select(person => OrderAsync(privacy, person, 100)));
        await using var reader = await PartnerReader.ConnectAsync(access);
        await Until.TrueAsync(
            async () => await CountAsync(reader) > QueueWay.FarthestAhead - 100, "it is filled", TimeSpan.FromSeconds(60));
        await Task.Delay(TimeSpan.FromSeconds(2), Token);
        (await CountAsync(reader)).ShouldBeLessThanOrEqualTo((uint)QueueWay.FarthestAhead);
        (await ToldAsync(privacy)).ShouldBe(await CountAsync(reader), "of what did not go into it the accounting says nothing");

        await reader.ConsumeAsync();
        await reader.HasSeenAsync([.. ids.SelectMany(one => one)]);

        foreach (var one in ids) reader.Seen.Where(one.Contains).ShouldBe(one);
    }

    private static async Task<long> ToldAsync(TestService privacy)
    {
        await using var command = privacy.Services.GetRequiredService<NpgsqlDataSource>()
            .CreateCommand($"select count(*) from store.{DisclosureTable.Name}");
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }

    private static async Task<uint> CountAsync(PartnerReader reader) =>
        (await reader.Channel.QueueDeclarePassiveAsync(reader.At.Queue, Token)).MessageCount;

    private static async Task<IReadOnlyList<Guid>> OrderAsync(TestService privacy, Guid person, int count)
    {
        var ids = new List<Guid>();
        for (var i = 0; i < count; i++) ids.Add((await privacy.OrderedAsync(person)).EntryId);
        return ids;
    }

    private static async Task RefusedAsync(PartnerReader.Access access, Func<IChannel, Task> tries)
    {
        await using var reader = await PartnerReader.ConnectAsync(access);
        var refused = await Should.ThrowAsync<OperationInterruptedException>(tries(reader.Channel));
        refused.ShutdownReason!.ReplyCode.ShouldBe((ushort)403);
    }

    /// <summary>The broker closes the channel of who may not: heard of with the next question.</summary>
    private static async Task PublishAsync(IChannel channel, string exchange, string queue)
    {
        await channel.BasicPublishAsync(exchange, queue, new byte[] { 1 }, Token);
        await Task.Delay(200, Token);
        await channel.QueueDeclarePassiveAsync(queue, Token);
    }

    private async Task<TestService> StartAsync() => await TestService.StartAsync(
        PrivacyModule.Define(), postgres, broker: await broker.CreateVirtualHostAsync(ct: Token), cancellationToken: Token);
}
