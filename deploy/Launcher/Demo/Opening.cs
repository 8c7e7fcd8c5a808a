using System.Text.Json.Nodes;
using EPerfect.Launcher.SignIn;

namespace EPerfect.Launcher.Demo;

/// <summary>The documents are read and accepted, and an account is opened.</summary>
internal sealed class Opening(Door door, Visitor visitor, Narrator narrator)
{
    public async Task<int> ReadPolicyAsync(CancellationToken ct)
    {
        const string path = "/api/privacy/policy-sets/current";
        var set = await narrator.StepAsync(
            "The documents in force", $"GET {path}", () => door.GetAsync(path, ct),
            set => $"set {set["policySet"]}: {string.Join(", ", set["documents"]!.AsArray().Select(Document))}");
        return (int)set["policySet"]!;

        static string Document(JsonNode? document) =>
            $"{document!["document"]} {document["version"]} ({((string)document["sha256"]!)[..8]})";
    }

    public async Task<string> OpenAccountAsync(Person person, int policySet, CancellationToken ct)
    {
        var account = await narrator.StepAsync(
            "Open an account", "POST /api/accounts", () => PostWhenKnownAsync(person.Account(policySet), ct),
            id => $"account {id}");
        await narrator.StepAsync(
            "The token names the account", "POST /connect/token", () => visitor.RefreshAsync(ct),
            _ => "refreshed: it is the owner's from now on");
        await narrator.EventsAsync("accounts", $"/api/accounts/{account}/history", ct);
        return account;
    }

    public Task AcknowledgedAsync(string account, CancellationToken ct)
    {
        var path = $"/api/privacy/people/{account}/acknowledgements";
        return narrator.StepAsync(
            "Privacy keeps which documents were accepted", $"GET {path}",
            () => Waiting.UntilAsync("the acknowledgement", AcceptedAsync, ct),
            _ => "recorded, with the hashes of the texts");

        async Task<bool> AcceptedAsync() =>
            (await door.FindAsync(path, ct))?["accepted"] is JsonArray { Count: > 0 };
    }

    // Right after the first start Accounts may not have heard yet which documents Privacy has published.
    private async Task<string> PostWhenKnownAsync(JsonNode account, CancellationToken ct)
    {
        JsonNode? opened = null;
        await Waiting.UntilAsync("Accounts knows the documents", async () =>
        {
            try
            {
                opened = await door.PostAsync("/api/accounts", account, ct);
                return true;
            }
            catch (RefusedException refused) when (refused.Says("policy-set-unknown"))
            {
                return false;
            }
        }, ct);
        return (string)opened!["id"]!;
    }
}
