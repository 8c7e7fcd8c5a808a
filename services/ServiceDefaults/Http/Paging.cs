using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace EPerfect.ServiceDefaults;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">The items, newest first.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <summary>The same page, of what is looked up for each item.</summary>
    /// <typeparam name="TOther">What is listed then.</typeparam>
    /// <param name="select">Looks it up; one after the other.</param>
    public async Task<Page<TOther>> SelectAsync<TOther>(Func<T, Task<TOther>> select)
    {
        var others = new List<TOther>();
        foreach (var item in Items) others.Add(await select(item));
        return new(others, Next);
    }
}

/// <summary>A place in a list: after the item of this time and id. Stable while items are added.</summary>
/// <param name="At">The last item's time.</param>
/// <param name="Id">The last item's id.</param>
public sealed record Cursor(DateTimeOffset At, Guid Id)
{
    /// <summary>The form in which clients carry it, opaque to them.</summary>
    public override string ToString() => Base64Url.EncodeToString(
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"1.{At.UtcTicks}.{Id:N}")));

    internal static Cursor? Parse(string text)
    {
        if (!Base64Url.IsValid(text)) return null;
        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split('.');
        return parts is ["1", var ticks, var id]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && at <= DateTime.MaxValue.Ticks
            && Guid.TryParseExact(id, "N", out var guid)
            ? new Cursor(new DateTimeOffset(at, TimeSpan.Zero), guid)
            : null;
    }
}

/// <summary>Which page of a list is asked for.</summary>
/// <param name="Limit">How many items, 1 to 100.</param>
/// <param name="After">Where the last page ended; null for the first.</param>
public sealed record PageRequest(int Limit, Cursor? After)
{
    private const int Usual = 20;
    private const int Most = 100;

    /// <summary>Reads the query's <c>limit</c> (20 if absent) and <c>cursor</c>.</summary>
    /// <param name="limit">As sent.</param>
    /// <param name="cursor">As sent.</param>
    /// <param name="request">The page, if both are well formed.</param>
    /// <returns>Why not, or null.</returns>
    public static Refusal? TryRead(int? limit, string? cursor, out PageRequest request)
    {
        var after = cursor is null ? null : Cursor.Parse(cursor);
        request = new PageRequest(limit ?? Usual, after);
        if (cursor is not null && after is null) return Refusals.CursorInvalid;
        return request.Limit is < 1 or > Most ? Refusals.LimitInvalid : null;
    }

    /// <summary>Makes the page of what was found; ask the store for one more than <see cref="Limit"/>.</summary>
    /// <typeparam name="T">What is listed.</typeparam>
    /// <param name="found">At most <see cref="Limit"/> + 1 items, in order.</param>
    /// <param name="place">An item's place.</param>
    public Page<T> Of<T>(IReadOnlyList<T> found, Func<T, Cursor> place) => found.Count > Limit
        ? new([.. found.Take(Limit)], place(found[Limit - 1]).ToString())
        : new(found, Next: null);
}
