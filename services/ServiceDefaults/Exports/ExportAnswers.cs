using JasperFx.Events;
using C = EPerfect.Contracts.Privacy;

namespace EPerfect.ServiceDefaults;

/// <summary>How every service hands over its part of an export: alike, each by its own contract.</summary>
internal static class ExportAnswers
{
    public static object? Map<TPart>(IEvent e)
        where TPart : C.ExportPart, new() => e.Data is not ExportPartSealed x ? null : new TPart
        {
            ExportId = x.ExportId,
            AccountId = x.AccountId,
            LoginId = x.LoginId,
            Attempt = x.Attempt,
            Number = x.Number,
            IsLast = x.IsLast,
            Holdings = x.Holdings,
            AsOf = x.AsOf,
            Content = x.Content,
            StreamVersion = e.Version,
        };
}
