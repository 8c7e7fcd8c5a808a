using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace EPerfect.ServiceDefaults;

/// <summary>The log of a process, a line for each entry: when, how bad, who, what; of an exception what may be told.</summary>
internal sealed class LogLines(TimeProvider clock) : ConsoleFormatter(LogLines.FormatterName)
{
    public const string FormatterName = "lines";

    public override void Write<TState>(
        in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var text = logEntry.Formatter(logEntry.State, logEntry.Exception);
        var failure = logEntry.Exception is { } exception ? ' ' + Failures.StackOf(exception) : "";
        var at = clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        var line = $"{at} {Word(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] {text}{failure}";
        textWriter.WriteLine(line.ReplaceLineEndings(" "));
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
