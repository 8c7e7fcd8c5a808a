using EPerfect.Launcher.Running;

namespace EPerfect.Launcher.Partners;

/// <summary>Whom an agreement takes: an operator who proposes it, a privacy officer and a lawyer who approve it.</summary>
internal sealed class Staff : IDisposable
{
    private Staff(Platform platform) => (Operator, Officer, Lawyer) =
        (new(platform, FirstOperator.Name), new(platform, "officer"), new(platform, "lawyer"));

    public StaffMember Operator { get; }

    public StaffMember Officer { get; }

    public StaffMember Lawyer { get; }

    /// <summary>The operator that the launcher appointed, who appoints the others. Cut off, it goes on the next time.</summary>
    public static async Task<Staff> SignInAsync(Platform platform, CancellationToken ct)
    {
        var staff = new Staff(platform);
        try
        {
            if (!staff.Operator.IsKnown || !await staff.Operator.SignInAsync(oneTime: null, ct))
                await TakeOverAsync(platform, staff.Operator, ct);
            using var api = new Api(platform.Address, staff.Operator.Bearer);
            await AppointAsync(staff.Officer, "privacy-officer", api, ct);
            await AppointAsync(staff.Lawyer, "legal", api, ct);
            return staff;
        }
        catch
        {
            staff.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Operator.Dispose();
        Officer.Dispose();
        Lawyer.Dispose();
    }

    /// <summary>As long as nobody has come in with the one-time password that deploy/up showed.</summary>
    private static async Task TakeOverAsync(Platform platform, StaffMember first, CancellationToken ct)
    {
        var oneTime = await FirstOperator.AskAsync(platform, ct) ?? throw new LaunchException(
            "This platform has an operator who is not this launcher; that one registers the partner: " +
            "services/Privacy/Partners/README.md says how");
        await first.SignInAsync(oneTime.Split(' ')[1], ct);
        FirstOperator.Shown(platform);
    }

    private static async Task AppointAsync(StaffMember one, string role, Api api, CancellationToken ct)
    {
        if (!one.IsKnown || !await one.SignInAsync(oneTime: null, ct)) await one.SignUpAsync(ct);
        if (one.Is(role)) return;
        await one.AddFactorAsync(ct);
        await api.PostAsync("/api/accounts/staff", new { loginId = one.LoginId, roles = new[] { role } }, key: null, ct);
        await one.SignInAsync(oneTime: null, ct);
    }
}
