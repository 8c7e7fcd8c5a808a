using System;
using System.Net;
using EPerfect.PersonalData;
using Microsoft.Extensions.Logging;

namespace Corpus;

public sealed record Person(
    [Datum(DataCategory.Name, "the name")] string Name,
    [Datum(DataCategory.Activity, "a note")] string Note) : IPersonalData
{
    public static Declaration Declared { get; } = new("person", DataGroup.Identity, "p", "l", new("r", default, "P1Y", "g"));
}

public sealed record Envelope(Guid Id, Person Holder);

public static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail to {Email}")]
    public static partial void Refused(
        ILogger logger,
        string email); // EPD002

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Who} from {Where} in {Envelope}")]
    public static partial void Came(
        ILogger logger,
        Person who, // EPD002
        IPAddress where, // EPD002
        Envelope envelope); // EPD002

    private static readonly Action<ILogger, string, Exception?> Defined =
        LoggerMessage.Define<string>(LogLevel.Information, new EventId(1), "Called {PhoneNumber}"); // EPD002

    public static void Write(
        ILogger<Person> logger, Person person, string email, string note, IPAddress from, Opened<Person> opened)
    {
        logger.LogInformation("To {To}", email); // EPD002
        logger.LogInformation("To {To}", email.Trim().ToLowerInvariant()); // EPD002
        logger.LogWarning("For {Id} {Name}", 7, person.Name); // EPD002
        logger.LogWarning("Noted {Note}", person.Note); // EPD002
        logger.LogError(new InvalidOperationException(), "From {From}", from); // EPD002
        logger.LogError("From {From}", from.ToString()); // EPD002
        logger.LogDebug($"Mail for {email}"); // EPD002
        logger.LogDebug("Mail for " + email); // EPD002
        logger.LogDebug(string.Format("Mail for {0}", email)); // EPD002
        logger.LogTrace("Opened {What}", opened); // EPD002
        logger.LogTrace("All {Person}", person); // EPD002
        logger.LogTrace("Held {Envelope}", new Envelope(Guid.Empty, person)); // EPD002
        logger.LogInformation("Called {Phone}", note); // EPD002
        logger.LogInformation("Written to {Recipient}", note); // EPD002
        logger.LogInformation("Called {Who}", note ?? email); // EPD002
        logger.LogInformation("Called {Who}", GetFullName(3)); // EPD002
        logger.LogInformation("Both {A} {B}", new { Email = note }, 2); // EPD002
        logger.Log(LogLevel.Critical, "From {City}", note); // EPD002
        using var scope = logger.BeginScope("of {Who}", email); // EPD002
        Defined(logger, note, null);
    }

    private static string GetFullName(int id) => id.ToString();
}
