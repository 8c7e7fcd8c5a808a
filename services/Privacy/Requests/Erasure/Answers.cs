using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Erasure;

/// <summary>What a service's answer means for the erasure. Answers come again, late and out of order.</summary>
internal static class Answers
{
    internal static Decision Take(ErasureOfPerson? erasure, StoreProof proof, DateTimeOffset now)
    {
        if (erasure is null || !IsNews(erasure, proof.Store, proof.Version)) return Decision.Nothing;
        var erased = new StoreErased(proof);
        return erasure.Apply(erased).IsProven ? Decision.Of(erased, new ErasureProven(now)) : Decision.Of(erased);
    }

    internal static Decision Take(ErasureOfPerson? erasure, StoreStopped stopped) =>
        erasure is not null && IsNews(erasure, stopped.Store, stopped.Version) ? Decision.Of(stopped) : Decision.Nothing;

    private static bool IsNews(ErasureOfPerson erasure, string store, long version) =>
        (erasure.Proofs.GetValueOrDefault(store)?.Version ?? 0) < version
        && (erasure.Stopped.GetValueOrDefault(store)?.Version ?? 0) < version;
}
