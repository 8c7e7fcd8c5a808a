using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>Answers without an end, until it is cut off.</summary>
internal sealed class EndlessReceiver : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closed = new();
    private readonly Task serving;
    private long written;
    private volatile bool hasEnded;

    private EndlessReceiver(string begin)
    {
        listener.Start();
        serving = ServeAsync(Encoding.ASCII.GetBytes(begin));
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/";

    public long Written => Interlocked.Read(ref written);

    /// <summary>Somebody has cut it off.</summary>
    public bool HasEnded => hasEnded;

    public static EndlessReceiver Start(string begin) => new(begin);

    public async ValueTask DisposeAsync()
    {
        await closed.CancelAsync();
        listener.Dispose();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        closed.Dispose();
    }

    private async Task ServeAsync(byte[] begin)
    {
        var more = Encoding.ASCII.GetBytes(new string('a', 16 * 1024));
        while (true)
        {
            using var client = await listener.AcceptTcpClientAsync(closed.Token);
            var stream = client.GetStream();
            try
            {
                _ = await stream.ReadAsync(new byte[16 * 1024], closed.Token);
                await stream.WriteAsync(begin, closed.Token);
                while (true)
                {
                    await stream.WriteAsync(more, closed.Token);
                    Interlocked.Add(ref written, more.Length);
                }
            }
            catch (IOException)
            {
                hasEnded = true;
            }
        }
    }
}
