using EPerfect.ServiceDefaults;
using Microsoft.AspNetCore.Authentication;

namespace EPerfect.Accounts.Staff;

internal static class StaffModule
{
    public static ServiceDefinition WithStaff(this ServiceDefinition definition) => definition
        .Event<StaffAppointed>("staff_appointed")
        .Event<StaffRolesChanged>("staff_roles_changed")
        .Event<StaffDismissed>("staff_dismissed")
        .Stream<StaffMember>()
        .Marten(options => options.Schema.For<StaffRoster>().UseOptimisticConcurrency(true))
        .Services(services => services
            .AddScoped<ChangeStaff>()
            .AddSingleton<IClaimsTransformation, RightsOfNow>());

    public static void Map(RouteGroupBuilder accounts)
    {
        var staff = accounts.MapGroup("/staff").Allow(Access.Of(StaffRole.Operator));
        ListStaff.Map(staff);
        ChangeStaff.Map(staff);
    }
}
