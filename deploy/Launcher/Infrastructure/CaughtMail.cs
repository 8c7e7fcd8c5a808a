using System.Text;
using MimeKit;

namespace EPerfect.Launcher.Infrastructure;

/// <summary>One mail that was sent on this machine and caught.</summary>
/// <param name="At">When it was caught.</param>
/// <param name="MessageId">Its Message-ID; the same again is a repeat.</param>
/// <param name="From">The sender.</param>
/// <param name="To">Who gets it, as the server was told.</param>
/// <param name="Subject">The subject line, readable.</param>
/// <param name="Text">The text, readable.</param>
/// <param name="Source">The bytes as they travelled.</param>
public sealed record CaughtMail(
    DateTimeOffset At, string MessageId, string From, string To, string Subject, string Text, string Source)
{
    /// <summary>The newest first.</summary>
    /// <param name="maildir">Where they are kept; it need not exist.</param>
    internal static IReadOnlyList<CaughtMail> ReadAll(string maildir) =>
        [.. ((string[])["new", "cur"]).Select(part => new DirectoryInfo(Path.Combine(maildir, part)))
            .Where(folder => folder.Exists)
            .SelectMany(folder => folder.EnumerateFiles())
            .OrderByDescending(file => file.LastWriteTimeUtc)
            .Select(Read)];

    private static CaughtMail Read(FileInfo file)
    {
        var bytes = File.ReadAllBytes(file.FullName);
        using var stream = new MemoryStream(bytes);
        using var message = MimeMessage.Load(stream);
        return new CaughtMail(
            new DateTimeOffset(file.LastWriteTimeUtc),
            message.MessageId ?? "",
            message.From.ToString(),
            message.Headers["X-RcptTo"] ?? message.To.ToString(),
            message.Subject ?? "",
            (message.TextBody ?? "").ReplaceLineEndings("\n"),
            Encoding.UTF8.GetString(bytes));
    }
}
