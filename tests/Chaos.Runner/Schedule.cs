namespace EPerfect.Chaos;

/// <summary>Which faults a run has, and when. Follows from the seed alone.</summary>
internal static class Schedule
{
    // Of ten faults: five to processes, four to lines, one to an outside system.
    private static readonly int[] Turns = [0, 1, 0, 1, 2, 0, 1, 0, 1, 0];

    /// <summary>Each deck is dealt to its end before it is shuffled again: in time, everything happens to everybody.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="length">For how long faults begin.</param>
    /// <param name="faults">How many.</param>
    public static IReadOnlyList<Fault> Of(int seed, TimeSpan length, int faults)
    {
        // Of a given seed it is the same sequence on every machine and version.
        var random = new Random(seed);
        var decks = Targets.Decks.Select(_ => new Queue<(FaultKind Kind, string Target)>()).ToArray();
        var apart = length / faults;
        return [.. Enumerable.Range(0, faults).Select(number =>
        {
            var deck = Turns[number % Turns.Length];
            if (decks[deck].Count == 0) decks[deck] = Shuffled(Targets.Decks[deck], random);
            var (kind, target) = decks[deck].Dequeue();
            var at = apart * (number + random.NextDouble());
            return new Fault(at, TimeSpan.FromSeconds(Lasts(random)), kind, target);
        })];
    }

    // Most are short; one in ten is longer than what most patience is.
    private static double Lasts(Random random) =>
        random.Next(10) == 0 ? 12 + (8 * random.NextDouble()) : 1 + (5 * random.NextDouble());

    private static Queue<(FaultKind Kind, string Target)> Shuffled(
        IReadOnlyList<(FaultKind Kind, string Target)> deck, Random random)
    {
        var cards = deck.ToArray();
        random.Shuffle(cards);
        return new(cards);
    }
}
