using EPerfect.PersonalData;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Delivery;
using EPerfect.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EPerfect.Privacy.Partners.Queues;

internal sealed record OpenQueueRequest;

/// <summary>How to get to the queue. The password is in this answer, in its repeat, and nowhere else.</summary>
/// <param name="Host">The broker.</param>
/// <param name="Port">Its port.</param>
/// <param name="Tls">Whether it is to be spoken to by TLS (amqps).</param>
/// <param name="VirtualHost">The virtual host.</param>
/// <param name="Queue">The queue.</param>
/// <param name="User">The user.</param>
/// <param name="Password">The password.</param>
internal sealed record QueueAccess(
    string Host, int Port, bool Tls, string VirtualHost, string Queue, string User, string Password);

/// <summary>
/// The partner gets a queue of its own, and a password that opens nothing else. Asked again, also after being cut off, it
/// gets a new password; what lies in the queue stays there. A repeat under the same Idempotency-Key gets the same one.
/// </summary>
internal static partial class OpenQueue
{
    private static readonly Refusal NotOffered =
        Refusals.WrongState("queue-not-offered", "Queues are not offered here: take a webhook, or pull the feed.");

    private static readonly Refusal Replaced = Refusals.WrongState(
        "queue-password-replaced", "This password is worth nothing any more: there is a later one, or its queue is gone.");

    /// <summary>What was given stands: the repeat gets it.</summary>
    private static readonly Refusal BrokerAway = new(
        503, "queue-broker-away", "The broker does not answer. Try again with the same Idempotency-Key.");

    private static async Task<IResult> Handle(
        OpenQueueRequest request,
        Commands commands,
        Caller caller,
        PartnerQueue queue,
        QueuePasswords passwords,
        QueueChannel channels,
        BrokerAdministration administration,
        QueueOpenings openings,
        DoorLock locks,
        Reader reader,
        BlindIndex index,
        FeedBeginning beginning,
        TimeProvider time,
        HttpContext http,
        ILogger<QueueChannel> logger,
        CancellationToken cancellationToken)
    {
        var (id, now) = (caller.Partner!.Value, time.GetUtcNow());
        var (place, crowded) = openings.Take(id);
        using var held = place;
        if (crowded is not null)
        {
            http.Response.Headers.RetryAfter = Places.RetryAfterSeconds;
            return Problems.From(crowded);
        }

        var key = index.Compute("queue-password", $"{caller.Actor} {http.Request.Headers["Idempotency-Key"]}");
        // The same for a repeat, so that it finds what it was given.
        var accessId = DeterministicId.From(id, key);
        var given = new QueueAccessGiven(now, accessId, await passwords.MakeAsync(accessId, cancellationToken));
        var known = await reader.LatestAsync<Partner>(id, cancellationToken);
        var begin = await beginning.OfAsync(id, QueueWay.Way, known?.Agreement, cancellationToken);
        var result = await commands.ChangeAsync<Partner>(
            id,
            (partner, work, _) =>
            {
                if (queue.Administration is null) return Task.FromResult<Decision>(NotOffered);
                if (partner.InForce(time.GetUtcNow()) is null)
                    return Task.FromResult<Decision>(AgreementRefusals.Stopped(partner));
                FeedProgress.TurnOn(work, id, QueueWay.Way, begin);
                return Task.FromResult(Decision.Of(given));
            },
            cancellationToken);
        if (result is ProblemHttpResult) return result;

        string password;
        try
        {
            await using var door = await locks.TakeAsync(id, cancellationToken);
            var partner = (await reader.LatestAsync<Partner>(id, cancellationToken))!;
            // A repeat that comes late opens nothing again.
            if (partner.InForce(time.GetUtcNow()) is null) return Problems.From(AgreementRefusals.Stopped(partner));
            if (partner.QueueAccess is not { } access || access.AccessId != accessId) return Problems.From(Replaced);
            await using (var channel = await channels.CreateAsync(cancellationToken))
                await QueueChannel.LayAsync(channel, id, cancellationToken);
            password = await passwords.ShowAsync(access, cancellationToken);
            await administration.AdmitAsync(id, password, cancellationToken);
        }
        catch (Exception failure) when (QueueWay.IsAway(failure, cancellationToken))
        {
            LogAway(logger, failure.GetType().Name, id);
            http.Response.Headers.RetryAfter = "5";
            return Problems.From(BrokerAway);
        }

        http.Response.Headers.CacheControl = "no-store";
        var at = queue.Public!;
        return Results.Ok(new QueueAccess(
            at.Host,
            at.Port,
            at.Scheme == "amqps",
            queue.VirtualHost,
            PartnerQueue.NameOf(id),
            PartnerQueue.UserOf(id),
            password));
    }

    public static void Map(RouteGroupBuilder partners) => partners.MapPost("/queue", Handle)
        .WithName("OpenQueue")
        .Allow(Access.OfPartner())
        .WithSummary("A queue of the partner's own at the broker, and a new password for it.")
        .Produces<QueueAccess>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Failure}: partner {PartnerId} was not given its queue for a moment")]
    private static partial void LogAway(ILogger logger, string failure, Guid partnerId);
}
