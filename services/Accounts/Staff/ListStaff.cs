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
        var roster = await StaffRoster.OfAsync(session, ct);
        var views = new List<StaffView>();
        var staff = (await logins.OfAsync(roster.Members.Keys, ct)).ToDictionary(login => login.Id);
        foreach (var (id, roles) in roster.Members)
        {
            var address = staff.TryGetValue(id, out var login) ? await logins.AddressOfAsync(login, ct) : null;
            views.Add(new StaffView(id, address, roles));
        }

        return views;
    }

    public static void Map(RouteGroupBuilder staff) => staff.MapGet("", Handle)
        .WithName("ListStaff")
        .WithSummary("All staff and their roles.")
        .Produces<IReadOnlyList<StaffView>>();
}
