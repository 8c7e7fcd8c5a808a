using OpenTelemetry;
using OpenTelemetry.Logs;

namespace EPerfect.ServiceDefaults;

/// <summary>What the log tells a collector of an exception: its kind and where it was thrown, never its message, which may quote
/// what a person wrote.</summary>
internal sealed class LogConventions : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        IEnumerable<KeyValuePair<string, object?>> attributes = data.Attributes ?? [];
        attributes = attributes.Select(one =>
            one.Value is Exception quoted ? KeyValuePair.Create(one.Key, (object?)quoted.GetType().ToString()) : one);
        if (data.Exception is { } failure)
        {
            attributes = attributes.Concat(
            [
                new("exception.type", failure.GetType().ToString()),
                new("exception.stacktrace", Failures.StackOf(failure)),
            ]);
            data.Exception = null;
        }

        data.Attributes = [.. attributes];
    }
}
