using EPerfect.Privacy.People;
using EPerfect.Privacy.Register.Checkpoints;
using EPerfect.Privacy.Requests;
using EPerfect.ServiceDefaults;
using JasperFx.Events;

namespace EPerfect.Privacy;

internal static class PrivacyDeadlines
{
    public static IEnumerable<DeadlineChange> Of(IEvent e) => e.Data switch
    {
        AcknowledgementPostponed x => [new DeadlineChange.Set(SettleAcknowledgement.Kind, x.CheckAt)],
        PolicySetAcknowledged or AcknowledgementRefused => [new DeadlineChange.Clear(SettleAcknowledgement.Kind)],
        RegisterBegun x => [new DeadlineChange.Set(SignCheckpoint.Kind, x.BegunAt)],
        CheckpointSigned x => [new DeadlineChange.Set(SignCheckpoint.Kind, x.SignedAt + SignCheckpoint.Interval)],
        _ => RequestDeadlines.Of(e.Data),
    };
}
