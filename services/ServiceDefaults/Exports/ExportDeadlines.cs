namespace EPerfect.ServiceDefaults;

/// <summary>Each step of an export is due at once, until all is told.</summary>
internal static class ExportDeadlines
{
    public static IEnumerable<DeadlineChange> Of(object e) => e switch
    {
        ExportReceived x => [Set(x.ReceivedAt)],
        ExportBegun x => [Set(x.BegunAt)],
        ExportPaused x => [Set(x.PausedAt)],
        ExportBegunAnew x => [Set(x.BegunAt)],
        // Between two parts the run goes on under its own claim; killed there, the claim ends and another goes on.
        ExportTold { IsLast: true } => [new DeadlineChange.Clear(TellPerson.Kind)],
        _ => [],
    };

    private static DeadlineChange.Set Set(DateTimeOffset due) => new(TellPerson.Kind, due);
}
