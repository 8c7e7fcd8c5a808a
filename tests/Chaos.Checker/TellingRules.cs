namespace EPerfect.Chaos.Checker;

/// <summary>What one service says reaches the others, once: the store is the outbox, and nothing in it is passed
/// over. What Marten notes as skipped says nothing of that: a range has what was read all the same.</summary>
internal static class TellingRules
{
    public static async Task<IReadOnlyList<Violation>> CheckAsync(Stores stores)
    {
        var violations = new List<Violation>();
        var opened = await StoredEvent.ReadAsync(stores, "accounts", "account_opened");
        var customers = (await StoredEvent.ReadAsync(stores, "orders", "customer_opened")).ToLookup(e => e.Stream);
        violations.AddRange(opened.Where(e => customers[e.Stream].Count() != 1).Select(e => new Violation(
            "told-once", $"account {e.Stream}", $"Orders heard {customers[e.Stream].Count()} times that it was opened")));

        var asked = await StoredEvent.ReadAsync(stores, "orders", "domain_registration_requested");
        var answers = (await StoredEvent.ReadAsync(stores, "domains", "domain_registered", "registration_failed"))
            .ToLookup(e => e.Id("itemId"));
        violations.AddRange(asked.Where(e => answers[e.Id("itemId")].Count() != 1).Select(e => new Violation(
            "told-once", $"item {e.Id("itemId")}", $"Domains gave {answers[e.Id("itemId")].Count()} answers")));
        return violations;
    }
}
