using EPerfect.Privacy.Register.Offline;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Register.Reading;

/// <summary>The entries as they are hashed, for auditors: ciphertext, so nothing is opened. As many as a page holds; the
/// next begins after its last.</summary>
internal static class ReadEntries
{
    private const int Most = 1000;

    private static readonly Refusal Malformed =
        new(400, "malformed-request", "`from` is the index of an entry: 0 or more.");

    private static async Task<IResult> Handle(long? from, RegisterLog register, CancellationToken cancellationToken)
    {
        if (from < 0) return Problems.From(Malformed);
        var entries = await register.EntriesAsync(
            "where l.leaf_index >= $1 order by l.leaf_index limit $2", [from ?? 0, Most], cancellationToken);
        return Results.Text(string.Concat(entries.Select(entry => RegisterFile.Line(entry) + "\n")), "application/x-ndjson");
    }

    public static void Map(RouteGroupBuilder register) => register.MapGet("/entries", Handle)
        .WithName("ReadRegisterEntries")
        .Allow(Access.Of(StaffRole.PrivacyOfficer | StaffRole.Legal))
        .WithSummary("The entries of the register as ciphertext, one JSON object a line, up to a thousand.")
        .Produces<string>(StatusCodes.Status200OK, "application/x-ndjson");
}
