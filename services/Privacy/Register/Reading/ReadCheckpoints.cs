using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Register.Reading;

internal sealed record CheckpointView(long Number, long Size, string Root, DateTimeOffset At, string Signed);

/// <summary>What the register was, signed: for whoever wants to keep it and hold us to it.</summary>
internal static class ReadCheckpoints
{
    private static async Task<IResult> List(
        int? limit, string? cursor, RegisterLog register, CancellationToken cancellationToken)
    {
        if (PageRequest.TryRead(limit, cursor, out var page) is { } refusal) return Problems.From(refusal);
        var before = page.After is { } after ? NumberOf(after) : long.MaxValue;
        var found = page.Of(
            await register.CheckpointsAsync(before, page.Limit + 1, cancellationToken), row => PlaceOf(row));
        return Results.Ok(new Page<CheckpointView>([.. found.Items.Select(Show)], found.Next));
    }

    private static async Task<IResult> Newest(RegisterLog register, CancellationToken cancellationToken) =>
        await register.NewestCheckpointAsync(cancellationToken) is { } newest
            ? Results.Ok(Show(newest))
            : Problems.From(Refusals.NotFound("checkpoint"));

    private static CheckpointView Show(CheckpointRow row) => new(row.Number, row.Size, row.Root, row.At, row.Signed);

    /// <summary>Two may be of one moment; numbers tell them apart.</summary>
    private static Cursor PlaceOf(CheckpointRow row) => new(row.At, new Guid(0, 0, 0, BitConverter.GetBytes(row.Number)));

    private static long NumberOf(Cursor cursor) => BitConverter.ToInt64(cursor.Id.ToByteArray(), 8);

    public static void Map(RouteGroupBuilder register)
    {
        register.MapGet("/checkpoints", List)
            .WithName("ListCheckpoints")
            .Allow(Access.Anyone)
            .WithSummary("The signed checkpoints of the register, newest first.")
            .Produces<Page<CheckpointView>>();
        register.MapGet("/checkpoints/newest", Newest)
            .WithName("ReadNewestCheckpoint")
            .Allow(Access.Anyone)
            .WithSummary("The newest signed checkpoint of the register.")
            .Produces<CheckpointView>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }
}
