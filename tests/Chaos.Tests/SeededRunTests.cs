using EPerfect.Chaos.Checker;
using EPerfect.Testing;
using RabbitMQ.Client;

namespace EPerfect.Chaos.Tests;

/// <summary>Nothing is lost and nothing happens twice, whatever is killed, paused or cut off; and whoever says so is not
/// blind: each violation, planted into a copy of what the run left, is named, and nothing else is.</summary>
public sealed class SeededRunTests(SeededRun seeded) : IClassFixture<SeededRun>
{
    [Fact, Control("M10")]
    public void Given_three_minutes_of_faults_Then_no_promise_is_broken()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{seeded.Result}");
        seeded.Result.Violations.ShouldBeEmpty($"{seeded.Result}");
        seeded.Result.Faults.ShouldBe(seeded.Result.Schedule.Count);
        seeded.Result.Journeys.ShouldBeGreaterThan(3);
        seeded.Result.Acknowledged.ShouldBeGreaterThan(20);
    }

    [Theory]
    [InlineData("acknowledged-command-lost", "accounts", """
        with gone as (delete from store.mt_events where seq_id = (
            select max(seq_id) from store.mt_events where type = 'account_opened') returning stream_id)
        delete from store.mt_streams where id in (select stream_id from gone)
        """)]
    [InlineData("stream-torn", "orders", """
        delete from store.mt_events where seq_id = (
            select max(seq_id) from store.mt_events where type = 'payment_capture_started')
        """)]
    [InlineData("command-done-twice", "privacy", """
        insert into store.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type)
        select seq_id + 1000000, gen_random_uuid(), stream_id, version + 1000, data, type, timestamp, mt_dotnet_type
        from store.mt_events where seq_id = (select max(seq_id) from store.mt_events where type = 'consent_changed')
        """)]
    [InlineData("one-charge-per-order", "orders", """
        insert into payment_gateway.ledger
        select kind, gen_random_uuid(), reference || '_2', parent, amount, currency, behaviour, reason, recorded_at
        from payment_gateway.ledger where kind = 'Capture' and reason is null limit 1
        """)]
    [InlineData("charge-without-order", "orders", """
        with nobody as (select gen_random_uuid() id)
        insert into payment_gateway.ledger
        select 'Capture', id, 'capture_' || id, 'authorisation_' || replace(id::text, '-', ''), 1, 'USD', 'tok_ok', null, now()
        from nobody
        """)]
    [InlineData("paid-without-charge", "orders", """
        delete from payment_gateway.ledger where reference = (select l.reference from payment_gateway.ledger l
            where l.kind = 'Capture' and l.reason is null
            and not exists (select from payment_gateway.ledger r where r.parent = l.reference) limit 1)
        """)]
    [InlineData("refund-missing", "orders", """
        delete from payment_gateway.ledger where reference = (
            select reference from payment_gateway.ledger where kind = 'Refund' and reason is null limit 1)
        """)]
    [InlineData("balance", "orders", """
        update payment_gateway.ledger set amount = amount + 1 where reference = (
            select reference from payment_gateway.ledger where kind = 'Capture' and reason is null limit 1)
        """)]
    [InlineData("one-registration-per-name", "domains", """
        insert into store.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type)
        select seq_id + 1000000, gen_random_uuid(), stream_id, version + 1000,
            jsonb_set(data, '{itemId}', to_jsonb(gen_random_uuid()::text)), type, timestamp, mt_dotnet_type
        from store.mt_events where seq_id = (select max(seq_id) from store.mt_events where type = 'domain_registered')
        """)]
    [InlineData("registry-without-registration", "domains", """
        insert into registry.domains
        select 'planted-' || name, gen_random_uuid(), handle, contact_id, nameservers, registered_at, expires_at
        from registry.domains limit 1
        """)]
    [InlineData("told-once", "orders", """
        with gone as (delete from store.mt_events where seq_id = (
            select max(seq_id) from store.mt_events where type = 'customer_opened') returning stream_id)
        delete from store.mt_streams where id in (select stream_id from gone)
        """)]
    [InlineData("stuck", "domains", """
        insert into store.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type)
        select seq_id + 1000000, gen_random_uuid(), stream_id, version + 1000, '{}', 'registration_started', timestamp,
            mt_dotnet_type
        from store.mt_events where seq_id = (select max(seq_id) from store.mt_events where type = 'domain_registered')
        """)]
    [InlineData("opening-register", "privacy", """
        insert into store.register_leaves
        values (1000000, gen_random_uuid(), gen_random_uuid(), now(), json_build_object('openingId', gen_random_uuid())::text)
        """)]
    [InlineData("delivered-without-delivery", "orders", """
        delete from provisioner.ledger where token = (select token from provisioner.ledger where reason is null limit 1)
        """)]
    [InlineData("charge-of-an-unpaid-order", "orders", """
        delete from store.mt_events where seq_id = (select max(e.seq_id) from store.mt_events e where e.type = 'order_paid'
            and exists (select from store.mt_events o where o.stream_id = e.stream_id and o.type = 'order_activated'))
        """)]
    [InlineData("refund-of-what-was-delivered", "orders", """
        insert into payment_gateway.ledger
        select 'Refund', gen_random_uuid(), 'planted_' || reference, reference, 0, currency, behaviour, null, recorded_at
        from payment_gateway.ledger where kind = 'Capture' and reason is null limit 1
        """)]
    [InlineData("registered-without-registry", "domains", """
        delete from registry.domains where name = (select data ->> 'domainName' from store.mt_events
            where type = 'domain_registered' order by seq_id desc limit 1)
        """)]
    [InlineData("delivered-twice", "orders", """
        insert into store.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type)
        select seq_id + 1000000, gen_random_uuid(), stream_id, version + 1000, data, type, timestamp, mt_dotnet_type
        from store.mt_events where seq_id = (select max(e.seq_id) from store.mt_events e where e.type = 'item_delivered'
            and exists (select from store.mt_events o where o.stream_id = e.stream_id and o.type = 'order_activated'))
        """)]
    [InlineData("disclosed-once", "privacy", """
        insert into store.partner_disclosures (id, account_id, partner_id, entry_id, type, fields, rule, agreement_version,
            position, person_version, way, at)
        select gen_random_uuid(), told.account, told.partner, told.entry, 'planted', '{}', 'planted', 1, 1, 1, 'queue', now()
        from (select gen_random_uuid() account, gen_random_uuid() partner, gen_random_uuid() entry) told,
            generate_series(1, 2)
        """)]
    [InlineData("delivery-unknown-to-the-order", "orders", """
        insert into provisioner.ledger
        select (placed.data -> 'lines' -> 0 ->> 'itemId')::uuid, 'planted', 1, 'planted', null, now() from store.mt_events placed
        where placed.type = 'order_placed'
            and exists (select from store.mt_events e where e.stream_id = placed.stream_id and e.type = 'order_cancelled')
            and not exists (select from store.mt_events e where e.stream_id = placed.stream_id and e.type = 'order_paid')
        limit 1
        """)]
    public async Task Given_a_violation_is_planted_Then_it_is_named(string rule, string service, string plant)
    {
        await using var copy = await Copy.OfAsync(seeded.Run.Stores, service, plant);

        var found = await new Judge(copy.Stores).EndAsync(seeded.Run.History);

        var planted = found.Except(seeded.Result.Violations).Select(violation => violation.Rule).Distinct().ToArray();
        planted.ShouldContain(rule, $"{string.Join("; ", found)}");
        // A row that was added beyond the end of a stream tears it as well.
        planted.Except([rule, "stream-torn"]).ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_a_message_lies_in_an_error_queue_Then_the_queue_is_named()
    {
        const string Queue = "orders.erasure-ordered_error";
        await using var connection = await new ConnectionFactory { Uri = new Uri(seeded.Run.Broker) }.CreateConnectionAsync();
        var confirmed = new CreateChannelOptions(
            publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
        await using var channel = await connection.CreateChannelAsync(confirmed);
        await channel.QueueDeclarePassiveAsync(Queue);
        await channel.BasicPublishAsync("", Queue, mandatory: true, ReadOnlyMemory<byte>.Empty);

        (await seeded.Run.Queues.ErrorsAsync()).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            found => found.Rule.ShouldBe("error-queue"), found => found.Subject.ShouldBe(Queue));
    }

    [Fact]
    public async Task Given_an_order_has_not_ended_Then_the_run_has_not_drained()
    {
        await using var copy = await Copy.OfAsync(seeded.Run.Stores, "orders", """
            delete from store.mt_events where seq_id = (
                select max(seq_id) from store.mt_events where type = 'order_activated')
            """);

        (await new Draining(copy.Stores, seeded.Run.Queues).LeftAsync()).ShouldContain("orders: 1 have not ended");
    }

    [Fact]
    public async Task Given_a_row_of_a_projection_is_altered_Then_it_differs_from_the_rebuild()
    {
        var rebuilt = await Readings.TakeAsync(seeded.Run.Stores, "domains");
        await using var copy = await Copy.OfAsync(
            seeded.Run.Stores, "domains", """
            update store.mt_doc_contactline set data = jsonb_set(data, '{accountId}', to_jsonb(gen_random_uuid()::text))
            where id = (select id from store.mt_doc_contactline limit 1)
            """);

        var found = (await Readings.TakeAsync(copy.Stores, "domains")).Compare(rebuilt);

        found.ShouldAllBe(violation => violation.Rule == "projection-differs"
            && violation.Subject == "domains mt_doc_contactline");
        found.Count.ShouldBe(2, "the row that is there, and the row that should be");
    }
}
