using System.Buffers.Text;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace EPerfect.Benchmarks;

/// <summary>What came back. The body as text only when somebody wants it.</summary>
internal readonly record struct Reply(int Status, string Body)
{
    public bool Good => Status is >= 200 and < 300;
}

/// <summary>
/// One connection that stays open. A bare socket, for a client that does more takes the processor from what is measured.
/// Understands what our answers are made of: a length, or chunks.
/// </summary>
internal sealed class Line : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] buffer = new byte[16 * 1024];

    public async Task ConnectAsync(Uri address) => await socket.ConnectAsync(address.Host, address.Port);

    /// <param name="request">All of it, headers and body.</param>
    /// <param name="withBody">Whether the body is wanted; that of a refusal always is.</param>
    public async ValueTask<Reply> AskAsync(ReadOnlyMemory<byte> request, bool withBody)
    {
        for (var sent = 0; sent < request.Length;) sent += await socket.SendAsync(request[sent..]);
        var read = 0;
        while (true)
        {
            if (read == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            var more = await socket.ReceiveAsync(buffer.AsMemory(read));
            if (more == 0) throw new IOException("The connection was closed.");
            read += more;
            if (Whole(buffer.AsSpan(0, read), out var chunked) is not { } body) continue;
            var status = int.Parse(buffer.AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture);
            return new(status, withBody || status >= 300 ? Text(buffer.AsSpan(body, read - body), chunked) : "");
        }
    }

    public void Dispose() => socket.Dispose();

    /// <summary>Where the body begins, if all of it is here.</summary>
    private static int? Whole(ReadOnlySpan<byte> answer, out bool chunked)
    {
        chunked = false;
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0) return null;
        var headers = answer[..(end + 2)];
        var body = end + 4;
        if (Find(headers, "\r\nContent-Length: "u8) is { } length)
            return answer.Length >= body + length ? body : null;
        chunked = headers.IndexOf("\r\nTransfer-Encoding: chunked"u8) >= 0;
        if (!chunked) return body;
        return answer.EndsWith("\r\n0\r\n\r\n"u8) || answer[body..].SequenceEqual("0\r\n\r\n"u8) ? body : null;
    }

    /// <summary>Each chunk is its length in hexadecimal, and so many bytes.</summary>
    private static string Text(ReadOnlySpan<byte> body, bool chunked)
    {
        if (!chunked) return Encoding.UTF8.GetString(body);
        var text = new StringBuilder();
        while (Utf8Parser.TryParse(body, out int length, out var digits, 'x') && length > 0)
        {
            body = body[(digits + 2)..];
            text.Append(Encoding.UTF8.GetString(body[..length]));
            body = body[(length + 2)..];
        }

        return text.ToString();
    }

    private static int? Find(ReadOnlySpan<byte> headers, ReadOnlySpan<byte> name)
    {
        var at = headers.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(headers[(at + name.Length)..], out int value, out _) ? value : null;
    }
}
