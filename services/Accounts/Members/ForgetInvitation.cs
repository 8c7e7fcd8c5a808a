using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Members;

/// <summary>Shreds the address of an invitation that was used, withdrawn or has expired.</summary>
internal sealed class ForgetInvitation(Vault vault, Writer writer, TimeProvider time) : IDeadlineHandler
{
    public const string Kind = "forget-invitation";

    /// <summary>As long as an invitation is good.</summary>
    public static readonly Retention Retention = new(
        "invitation", RetentionTrigger.InvitationWritten, "P7D", "nobody needs the address of who did not come");

    private const string Actor = $"accounts/{Kind}";

    public async Task RunAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        var id = Guid.ParseExact(deadline.Argument, "N");
        // The mail's own copy is in another group.
        await vault.ShredAsync(id, DataGroup.Identity, erasureId: id, cancellationToken);
        await vault.ShredAsync(id, DataGroup.Communications, erasureId: id, cancellationToken);
        var now = time.GetUtcNow();
        await writer.WriteAsync(
            deadline.StreamId,
            Actor,
            async (work, token) =>
            {
                await work.TellAsync(new RetentionApplied(Retention.Rule, Retention.Period, Removed: 1, now), token);
                return await work.ChangeAsync<Account>(
                    deadline.StreamId, _ => Decision.Of(new InvitationForgotten(id, now)), token);
            },
            cancellationToken);
    }
}
