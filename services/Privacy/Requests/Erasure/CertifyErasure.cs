using System.Text.Json;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.Privacy.People;
using EPerfect.Privacy.Signing;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Erasure;

/// <summary>All have answered: signs the certificate, and ends the request.</summary>
internal sealed class CertifyErasure(
    Reader reader, PartnerTellings tellings, Writer writer, Signer signer, TimeProvider time) : IDeadlineHandler
{
    public const string Kind = "certify-erasure";

    /// <param name="latest">The erasure by now.</param>
    /// <param name="read">The erasure as the certificate tells it.</param>
    /// <param name="certified">What was signed.</param>
    /// <returns>Nothing if an answer came between: it has set a deadline of its own, which would be cleared.</returns>
    internal static Decision Decide(ErasureOfPerson? latest, ErasureOfPerson read, ErasureCertified certified) =>
        latest is { IsProven: true } && latest.Certificates.Count + 1 == certified.Number && latest.TellsAsMuchAs(read)
            ? Decision.Of(certified)
            : Decision.Nothing;

    public async Task RunAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        var erasure = await reader.LatestAsync<ErasureOfPerson>(deadline.StreamId, cancellationToken);
        if (erasure is not { IsProven: true }) return;

        var now = time.GetUtcNow();
        var told = await tellings.OfErasureAsync(erasure.Order.AccountId, cancellationToken);
        var certificate = Certificate.Of(
            erasure, told.Where(one => one.ToldAt is not null).ToDictionary(one => one.PartnerId, one => one.ToldAt!.Value), now);
        if (certificate.Fault() is { } fault)
            throw new InvalidOperationException($"Erasure {erasure.Id} is not proven: {fault}.");
        var jws = await signer.SignAsync(
            JsonSerializer.Serialize(certificate, Certificate.Json), Certificate.Type, cancellationToken);
        var certified = new ErasureCertified(certificate.Number, jws, certificate.IsFinal, now);
        await writer.WriteAsync(
            deadline.StreamId,
            $"privacy/{Kind}",
            async (work, token) =>
            {
                var decided = await work.ChangeAsync<ErasureOfPerson>(
                    deadline.StreamId, latest => Decide(latest, erasure, certified), token);
                if (decided.Events.Count > 0) await EndAsync(work, erasure, certified, token);
                return decided;
            },
            cancellationToken);
    }

    private static async Task EndAsync(
        UnitOfWork work, ErasureOfPerson erasure, ErasureCertified certified, CancellationToken cancellationToken)
    {
        var now = certified.CertifiedAt;
        HeldBack[] held =
        [
            .. erasure.Proofs.Values.SelectMany(proof => proof.HeldBack)
                .OrderByDescending(one => one.Until ?? DateTimeOffset.MaxValue),
        ];
        await work.ChangeAsync<Person>(
            erasure.Order.AccountId,
            _ => Decision.Of(new PersonErased(erasure.Id, held, now, certified.IsFinal)),
            cancellationToken);
        if (erasure.Order.RequestId is not { } requestId)
        {
            if (erasure.Certificates.IsEmpty) await work.TellAsync(Applied(erasure, now), cancellationToken);
            return;
        }

        await work.ChangeAsync<Request>(
            requestId,
            request => request is { IsOver: false } ? Decision.Of(new RequestDone(now)) : Decision.Nothing,
            cancellationToken);
    }

    /// <summary>What the end of a closed account's period removed, in all services: keys and rows.</summary>
    private static RetentionApplied Applied(ErasureOfPerson erasure, DateTimeOffset now)
    {
        var rule = RetentionRules.ClosedAccount;
        var removed = erasure.Proofs.Values.Sum(
            proof => proof.Groups.Sum(group => group.Keys) + proof.Removed.Sum(rows => rows.Count));
        return new RetentionApplied(rule.Rule, rule.Period, removed, now);
    }
}
