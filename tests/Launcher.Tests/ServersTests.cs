using System.Net;
using EPerfect.Launcher.Infrastructure;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace EPerfect.Launcher.Tests;

/// <summary>The servers in one home, as deploy/up starts them; every test leaves them running.</summary>
public sealed class ServersTests(ServersTests.Servers servers) : IClassFixture<ServersTests.Servers>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Postgres Postgres => servers.Postgres;

    private Broker Broker => servers.Broker;

    private MailCatcher Mail => servers.Mail;

    [Fact]
    public void Nothing_listens_beyond_loopback_neither_do_Erlangs_port_mapper_and_distribution()
    {
        var portMapper = servers.Home.Daemon("rabbitmq-port-mapper").Running!.Pid;
        var addresses = Listening.AddressesOf(Listening.ProcessesOf(servers.Home.Folder).Append(portMapper));

        addresses.Select(address => address.Address).ShouldAllBe(address => IPAddress.IsLoopback(address));
        foreach (var name in (string[])["postgres", "rabbitmq", "rabbitmq-port-mapper", "rabbitmq-distribution", "mail"])
            addresses.Select(address => address.Port).ShouldContain(servers.Home.Ports[name], name);
    }

    [Fact]
    public void No_server_has_the_rights_of_root()
    {
        foreach (var server in (IPart[])[Postgres, Broker, Mail])
        {
            var status = File.ReadLines($"/proc/{server.Running!.Pid}/status");
            var users = status.First(line => line.StartsWith("Uid:", StringComparison.Ordinal));
            users.Split('\t')[1].ShouldNotBe("0", server.Name);
        }
    }

    [Fact]
    public async Task A_second_start_reuses_what_runs()
    {
        var before = (Postgres.Running, Broker.Running, Mail.Running);

        await Task.WhenAll(
            new Postgres(servers.Home, durable: false).StartAsync(Ct),
            new Broker(servers.Home).StartAsync(Ct),
            new MailCatcher(servers.Home).StartAsync(Ct));

        (Postgres.Running, Broker.Running, Mail.Running).ShouldBe(before);
    }

    [Fact]
    public async Task What_was_committed_survives_a_kill()
    {
        await ExecuteAsync("create table survivor (id int); insert into survivor values (11)");
        NpgsqlConnection.ClearAllPools();

        await Postgres.KillAsync();
        await Postgres.StartAsync(Ct);

        await using var connection = await Postgres.OpenAsync("postgres", Ct);
        await using var command = new NpgsqlCommand("select id from survivor", connection);
        (await command.ExecuteScalarAsync(Ct)).ShouldBe(11);
    }

    [Fact]
    public async Task A_lock_file_that_names_a_process_of_somebody_else_does_not_keep_PostgreSQL_down()
    {
        await Postgres.KillAsync();
        var lockFile = Path.Combine(Postgres.DataFolder, "postmaster.pid");
        var lines = await File.ReadAllLinesAsync(lockFile, Ct);
        lines[0] = Broker.Running!.Pid.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await File.WriteAllLinesAsync(lockFile, lines, Ct);

        await Postgres.StartAsync(Ct);

        Postgres.Running.ShouldNotBeNull();
        Broker.Running.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_server_whose_number_was_forgotten_is_replaced_not_doubled()
    {
        var orphan = Postgres.Running!;
        File.Delete(servers.Home.PidFileOf("postgres"));

        await Postgres.StartAsync(Ct);

        orphan.IsAlive.ShouldBeFalse();
        Postgres.Running.ShouldNotBeNull();
    }

    [Fact]
    public async Task Confirmed_messages_survive_a_kill_of_the_broker()
    {
        await PublishAsync("orders.survivor");

        await Broker.KillAsync();
        await Broker.StartAsync(Ct);

        (await ConsumeAsync("orders.survivor")).ShouldBe("kept"u8.ToArray());
    }

    [Fact]
    public async Task A_changed_topology_reaches_a_broker_that_runs_already()
    {
        var topology = Path.Combine(servers.Home.Folder, "topology.json");
        await File.WriteAllTextAsync(
            topology,
            """
            { "exchanges": [{ "name": "orders.late.v1", "type": "fanout", "durable": true, "auto_delete": false,
                              "internal": false, "arguments": {} }] }
            """,
            Ct);

        await new Broker(servers.Home, topology).StartAsync(Ct);

        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Ct);
        await Should.NotThrowAsync(() => channel.ExchangeDeclarePassiveAsync("orders.late.v1", Ct));
    }

    [Fact]
    public async Task No_statement_parameter_or_row_reaches_the_log_of_PostgreSQL()
    {
        const string insert = "insert into person values ('secret@example.com')";
        await ExecuteAsync($"create table person (email text primary key); {insert}");

        await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(insert));

        LogTail.ReadFrom(Postgres.LogFile, 0).ShouldContain("duplicate key value");
        LogTail.ReadFrom(Postgres.LogFile, 0).ShouldNotContain("secret@example.com");
    }

    [Fact]
    public async Task A_mail_is_kept_for_whoever_looks_also_after_a_kill()
    {
        const string to = "jõgi@example.com";
        await SendAsync(to, "Esimene");

        await Mail.KillAsync();
        await Mail.StartAsync(Ct);
        await SendAsync(to, "Teine");

        Mail.MailsTo(to).Select(mail => mail.Subject).ShouldBe(["Teine", "Esimene"]);
        Mail.MailsTo(to)[0].Text.TrimEnd().ShouldBe("Tere, Jõgi!");
    }

    private async Task SendAsync(string to, string subject)
    {
        using var message = new MimeMessage { Subject = subject, Body = new TextPart("plain") { Text = "Tere, Jõgi!" } };
        message.From.Add(MailboxAddress.Parse("any@example.com"));
        message.To.Add(MailboxAddress.Parse(to));
        using var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", Mail.Port, SecureSocketOptions.None, Ct);
        await client.SendAsync(message, Ct);
        await client.DisconnectAsync(quit: true, Ct);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await Postgres.OpenAsync("postgres", Ct);
        await Databases.ExecuteAsync(connection, sql, Ct);
    }

    private async Task PublishAsync(string queue)
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), Ct);
        var quorum = new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-queue-type"] = "quorum" };
        await channel.QueueDeclareAsync(
            queue, durable: true, exclusive: false, autoDelete: false, quorum, cancellationToken: Ct);
        // The broker writes down twice a second which queues it has; this is about messages, not about newborn queues.
        await Task.Delay(TimeSpan.FromSeconds(2), Ct);
        await channel.BasicPublishAsync(
            "", queue, mandatory: true, new BasicProperties { Persistent = true }, "kept"u8.ToArray(), Ct);
    }

    private async Task<byte[]> ConsumeAsync(string queue)
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Ct);
        var arrived = new TaskCompletionSource<byte[]>();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            arrived.TrySetResult(message.Body.ToArray());
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer, Ct);
        return await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30), Ct);
    }

    private Task<IConnection> ConnectAsync() =>
        new ConnectionFactory { Uri = new Uri(Broker.UriFor(BrokerDefinitions.Operator)) }.CreateConnectionAsync(Ct);

    public sealed class Servers : IAsyncLifetime
    {
        internal Home Home { get; } = Sandbox.Create("servers");

        internal Postgres Postgres { get; private set; } = null!;

        internal Broker Broker { get; private set; } = null!;

        internal MailCatcher Mail { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await Requirements.EnsureAsync(default);
            (Postgres, Broker, Mail) = (new Postgres(Home, durable: false), new Broker(Home), new MailCatcher(Home));
            await Task.WhenAll(Postgres.StartAsync(default), Broker.StartAsync(default), Mail.StartAsync(default));
        }

        public async ValueTask DisposeAsync()
        {
            await Task.WhenAll(Postgres.KillAsync(), Broker.KillAsync(), Mail.KillAsync());
            await Broker.StopAsync();
            Home.Delete();
        }
    }
}
