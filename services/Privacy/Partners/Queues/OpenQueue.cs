using System.Buffers.Text;
using System.Security.Cryptography;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Delivery;
using EPerfect.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EPerfect.Privacy.Partners.Queues;

internal sealed record OpenQueueRequest;

/// <summary>How to get to the queue. The password is in this answer and nowhere else.</summary>
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
/// gets a new password; what lies in the queue stays there.
/// </summary>
internal static class OpenQueue
{
    private const int PasswordBytes = 32;

    private static readonly Refusal NotOffered =
        Refusals.WrongState("queue-not-offered", "Queues are not offered here: take a webhook, or pull the feed.");

    private static readonly Refusal ShutMeanwhile =
        Refusals.WrongState("deliveries-stopped", "Deliveries were stopped, or the queue given back, at this moment.");

    private static async Task<IResult> Handle(
        OpenQueueRequest request,
        Commands commands,
        Caller caller,
        PartnerQueue queue,
        QueueChannel channels,
        BrokerAdministration administration,
        DoorLock locks,
        PartnerDoor door,
        TimeProvider time,
        HttpResponse response,
        CancellationToken cancellationToken)
    {
        var (id, now) = (caller.Partner!.Value, time.GetUtcNow());
        var result = await commands.ChangeAsync<Partner>(
            id,
            (partner, work, _) =>
            {
                if (queue.Administration is null) return Task.FromResult<Decision>(NotOffered);
                if (partner.InForce(now) is not { } agreement)
                    return Task.FromResult<Decision>(AgreementRefusals.Stopped(partner));
                FeedProgress.TurnOn(work, id, QueueWay.Way, agreement.Since);
                return Task.FromResult(Decision.Of(new QueueAccessGiven(now)));
            },
            cancellationToken);
        if (result is ProblemHttpResult) return result;

        var password = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(PasswordBytes));
        await using (var channel = await channels.CreateAsync(cancellationToken))
            await QueueChannel.LayAsync(channel, id, cancellationToken);
        await using (await locks.TakeAsync(id, cancellationToken))
        {
            // Suspended or given back since: whoever shuts the door has done so, or waits for us.
            if ((await door.LookAsync(id, cancellationToken)).Door != Door.Open) return Problems.From(ShutMeanwhile);
            await administration.AdmitAsync(id, password, cancellationToken);
        }

        response.Headers.CacheControl = "no-store";
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
        .ProducesProblem(StatusCodes.Status409Conflict);
}
