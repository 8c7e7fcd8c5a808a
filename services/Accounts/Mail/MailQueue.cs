using System.Collections.Immutable;
using System.Text.RegularExpressions;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Mail;

/// <summary>Who is to be written to, and what about.</summary>
/// <param name="Kind">Which template writes it, as it was registered with <c>AddMail</c>.</param>
/// <param name="Subject">Whom it says something about: the address is sealed for this person.</param>
/// <param name="Address">Where it goes.</param>
internal sealed record MailRequest(string Kind, Guid Subject, string Address)
{
    /// <summary>Ids, codes and times that the template needs. They are stored in clear: no secret, nothing
    /// personal.</summary>
    public ImmutableSortedDictionary<string, string> Arguments { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Never the address.</summary>
    public override string ToString() => $"{nameof(MailRequest)} {Kind}";
}

/// <summary>Takes wishes for mails. A wish is an event; the mail goes out when that is stored, and whoever asked does
/// not wait for it.</summary>
internal sealed partial class MailQueue(Writer writer, Vault vault, TimeProvider clock)
{
    private const string Actor = "accounts/mail";

    /// <summary>Commits with the unit of work: no mail about what did not happen, none forgotten of what did.</summary>
    public async Task RequestAsync(UnitOfWork work, MailRequest request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        work.Start<OutgoingMail>(Guid.CreateVersion7(now), await RequestedAsync(request, now, cancellationToken));
    }

    /// <summary>Stands alone. It is stored when this returns.</summary>
    public async Task RequestAsync(MailRequest request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var requested = await RequestedAsync(request, now, cancellationToken);
        await writer.ChangeAsync<OutgoingMail>(
            id, Actor, mail => mail is null ? Decision.Of(requested) : Decision.Nothing, cancellationToken);
    }

    private async Task<MailRequested> RequestedAsync(
        MailRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (request.Arguments.FirstOrDefault(argument => !Plain.IsMatch(argument.Value)).Key is { } wrong)
            throw new ArgumentException($"{wrong} is no id, code or time, but what a person wrote.", nameof(request));

        var to = await vault.SealAsync(request.Subject, new MailRecipient(request.Address), cancellationToken);
        return new MailRequested(request.Kind, request.Subject, to, request.Arguments, now);
    }

    // No at sign, no blank: neither an address nor a name fits in.
    [GeneratedRegex(@"\A[A-Za-z0-9:.+-]{1,64}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Plain { get; }
}
