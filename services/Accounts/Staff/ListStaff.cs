using EPerfect.Accounts.Credentials;
using Marten;

namespace EPerfect.Accounts.Staff;

internal sealed record StaffView(Guid LoginId, string? Email, IReadOnlyList<string> Roles);

internal static class ListStaff
{
    private static async Task<IReadOnlyList<StaffView>> Handle(
        IDocumentSession session, Logins logins, HttpResponse response, CancellationToken ct)
    {
        response.Headers.CacheControl = "no-store";
        var roster = await session.LoadAsync<StaffRoster>(StaffRoster.TheOne, ct) ?? StaffRoster.Empty;
        var addresses = await logins.AddressesAsync(roster.Members.Keys, ct);
        return [.. roster.Members.Select(one => new StaffView(one.Key, addresses.GetValueOrDefault(one.Key), one.Value))];
    }

    public static void Map(RouteGroupBuilder staff) => staff.MapGet("", Handle)
        .WithName("ListStaff")
        .WithSummary("All staff and their roles.")
        .Produces<IReadOnlyList<StaffView>>();
}
