using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace EPerfect.Chaos.Checker;

/// <summary>The register of openings: every entry is that of its event, and each signed root holds for the entries that it
/// signs for (RFC 9162, section 2.1.1). The disclosures: each was told once.</summary>
internal static class Registers
{
    public static async Task<IReadOnlyList<Violation>> CheckAsync(Stores stores)
    {
        var violations = new List<Violation>();
        var leaves = await stores.QueryAsync(
            "privacy", "select leaf_index, leaf from store.register_leaves order by leaf_index",
            row => (Index: row.GetInt64(0), Leaf: row.GetString(1)));
        var recorded = (await StoredEvent.ReadAsync(stores, "privacy", "opening_recorded"))
            .Select(e => e.Id("openingId")).ToList();
        var entries = leaves.Select(leaf => Guid.Parse(JsonNode.Parse(leaf.Leaf)!["openingId"]!.GetValue<string>())).ToList();
        violations.AddRange(recorded.Except(entries).Select(id => new Violation(
            "opening-register", $"opening {id}", "was recorded and is not in the register")));
        violations.AddRange(entries.Except(recorded).Select(id => new Violation(
            "opening-register", $"opening {id}", "is in the register and was not recorded")));

        byte[][] hashes = [.. leaves.Select(leaf => SHA256.HashData([0x00, .. Encoding.UTF8.GetBytes(leaf.Leaf)]))];
        var checkpoints = await stores.QueryAsync(
            "privacy", "select number, tree_size, root, signed from store.register_checkpoints order by number",
            row => (Number: row.GetInt64(0), Size: row.GetInt64(1), Root: row.GetString(2), Signed: row.GetString(3)));
        foreach (var (number, size, root, signed) in checkpoints)
        {
            var payload = JsonNode.Parse(Base64Url.DecodeFromChars(signed.Split('.')[1]))!;
            if (size > hashes.Length || Convert.ToHexStringLower(Root(hashes.AsSpan(0, (int)size))) != root
                || payload["root"]!.GetValue<string>() != root || payload["size"]!.GetValue<long>() != size)
            {
                violations.Add(new(
                    "opening-register", $"checkpoint {number}", $"does not sign for the {size} entries before it"));
            }
        }

        violations.AddRange(await stores.QueryAsync(
            "privacy",
            """
            select partner_id, entry_id, count(*) from store.partner_disclosures where way = 'queue'
            group by partner_id, entry_id, account_id having count(*) > 1
            """,
            row => new Violation(
                "disclosed-once", $"entry {row.GetGuid(1)}", $"partner {row.GetGuid(0)} was told {row.GetInt64(2)} times")));
        return violations;
    }

    private static byte[] Root(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 0) return SHA256.HashData([]);
        if (leaves.Length == 1) return leaves[0];
        var half = 1;
        while (half * 2 < leaves.Length) half *= 2;
        return SHA256.HashData([0x01, .. Root(leaves[..half]), .. Root(leaves[half..])]);
    }
}
