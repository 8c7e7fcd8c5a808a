using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Erasure;

/// <summary>What an answer means for the erasure. Answers of services come again, late and out of order.</summary>
internal static class Answers
{
    internal static Decision Take(ErasureOfPerson? erasure, StoreProof proof, DateTimeOffset now) =>
        erasure is not null && IsNews(erasure, proof.Store, proof.Version)
            ? Settle(new StoreErased(proof), erasure.Apply, now)
            : Decision.Nothing;

    /// <summary>It happened; and if it was what was waited for, all is proven.</summary>
    internal static Decision Settle<T>(T happened, Func<T, ErasureOfPerson> apply, DateTimeOffset now)
        where T : class =>
        apply(happened).IsProven ? Decision.Of(happened, new ErasureProven(now)) : Decision.Of(happened);

    internal static Decision Take(ErasureOfPerson? erasure, StoreStopped stopped) =>
        erasure is not null && IsNews(erasure, stopped.Store, stopped.Version) ? Decision.Of(stopped) : Decision.Nothing;

    private static bool IsNews(ErasureOfPerson erasure, string store, long version) =>
        (erasure.Proofs.GetValueOrDefault(store)?.Version ?? 0) < version
        && (erasure.Stopped.GetValueOrDefault(store)?.Version ?? 0) < version;
}
