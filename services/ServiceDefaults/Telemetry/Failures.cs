using System.Net.Sockets;
using System.Text.RegularExpressions;
using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>What may be told of an exception to whoever reads traces and logs: of which kinds it was, and where it was thrown.
/// Its message may quote what it was given, unless it speaks of a connection.</summary>
internal static partial class Failures
{
    /// <summary>It and what it followed from, each by its type and its frames.</summary>
    public static string StackOf(Exception exception)
    {
        var stack = $"{exception.GetType()}{MayBeQuoted(exception)}\n{exception.StackTrace}";
        IEnumerable<Exception> causes = exception is AggregateException several
            ? several.InnerExceptions
            : exception.InnerException is { } one ? [one] : [];
        return string.Concat([stack, .. causes.Select(cause => $"\n ---> {StackOf(cause)}")]);
    }

    private static string MayBeQuoted(Exception exception) => exception switch
    {
        PostgresException said => $": {said.SqlState} {said.TableName} {said.ConstraintName}".TrimEnd(),
        NpgsqlException or SocketException => $": {exception.Message}",
        _ => "",
    };

    /// <summary>Of a text that a library made of an exception, the lines that name where it was thrown.</summary>
    public static string FramesOf(string? text) =>
        string.Join('\n', (text ?? "").Split('\n').Select(line => line.TrimEnd()).Where(line => Frame().IsMatch(line)));

    [GeneratedRegex(@"^\s*at [\w.`<>\[\],+|$]+\([\w.`<>\[\],&*? ]*\)( in \S+:line \d+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Frame();
}
