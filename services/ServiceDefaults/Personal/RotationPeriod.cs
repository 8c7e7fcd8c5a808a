using Microsoft.Extensions.Configuration;

namespace EPerfect.ServiceDefaults;

/// <summary>How long an epoch of key-encryption keys wraps new keys: the setting <c>PersonalData:RotationDays</c>.</summary>
/// <param name="Length">Null if only the operator rotates.</param>
internal sealed record RotationPeriod(TimeSpan? Length)
{
    public static RotationPeriod From(IConfiguration configuration) =>
        new(configuration.GetValue("PersonalData:RotationDays", defaultValue: 7) is > 0 and var days
            ? TimeSpan.FromDays(days)
            : null);
}
