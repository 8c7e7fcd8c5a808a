using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.Members;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Sweeping;

/// <summary>What Accounts keeps no longer than promised, beside what an erasure destroys.</summary>
internal static class SweepingModule
{
    public static ServiceDefinition WithSweeping(this ServiceDefinition definition) => definition
        .Services(services => services.AddScoped<LoginsWithoutPart>())
        .Keeps(typeof(Login), typeof(ActivityEntry), typeof(PendingAddress), typeof(AttemptCount))
        .Retains<SweepActivity>(Activity.Retention)
        .Retains<SweepAttempts>(Attempts.Retention)
        .Retains<SweepEndedSessions>(EndedSession.Retention)
        .Retains<SweepAccessTokens>(SweepAccessTokens.Rule)
        .Retains<SweepSignIns>(SweepSignIns.Rule)
        .Retains<SweepUnprovenAddresses>(PendingAddress.Retention)
        .Retains<SweepUnusedLogins>(SweepUnusedLogins.Rule)
        .Retains<ForgetInvitation>(ForgetInvitation.Retention);
}
