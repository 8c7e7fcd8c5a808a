using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using EPerfect.PersonalData;
using Microsoft.Extensions.Logging;

namespace Corpus;

public sealed record Person([Datum(DataCategory.Name, "the name")] string Name) : IPersonalData
{
    public static Declaration Declared { get; } = new("person", DataGroup.Identity, "p", "l", new("r", default, "P1Y", "g"));
}

public sealed record Held(Guid Id, Sealed<Person> Holder);

public static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {MailId} ({MailKind}) was refused: {Status}")]
    public static partial void Refused(ILogger logger, Guid mailId, string mailKind, string status, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Listening on {Address}")]
    public static partial void Listening(ILogger logger, [NotPersonal("our own")] string address);

    public static void Write(ILogger logger, Activity activity, Held held, string email, List<string> emails, string name)
    {
        logger.LogInformation("Sent {Count} mails of {Kind}", emails.Count, "welcome");
        logger.LogInformation("Length {Length}", email.Length);
        logger.LogInformation("Any {Any}", emails.Any(one => one.Length > 3));
        logger.LogInformation("Index {Index}", Index(email));
        logger.LogInformation("Held {Held} {Holder}", held, held.Holder);
        logger.LogInformation("For {DomainName} of {AccountId}", name, held.Id);
        logger.LogError(new InvalidOperationException(), "Failed {Kind}", typeof(Person).Name);
        activity.SetTag("stream.id", held.Id);
        activity.SetTag("messaging.message.id", held.Id);
        activity.SetTag("mail.kind", "welcome");
        activity.SetTag("holder", held.Holder);
        var pairs = new Dictionary<string, string> { ["email"] = email };
        var pair = new KeyValuePair<string, string>("email", email);
        GC.KeepAlive(pairs);
        GC.KeepAlive(pair);
    }

    private static int Index(string email) => email.GetHashCode();
}
