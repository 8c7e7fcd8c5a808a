using System.Net;
using System.Net.Sockets;

namespace EPerfect.Testing;

/// <summary>The line between a service and its server, which a test can cut, clog and mend.</summary>
public sealed class Cable : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> ends = [];
    private readonly CancellationTokenSource closed = new();
    private readonly int target;
    private readonly Task accepting;
    private volatile TaskCompletionSource flowing = Open();
    private volatile bool cut;

    /// <summary>Lays a line.</summary>
    /// <param name="target">The server's port on this machine.</param>
    public Cable(int target)
    {
        this.target = target;
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>The near end.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Connections break, new ones are dropped.</summary>
    public void Cut()
    {
        cut = true;
        lock (ends)
        {
            ends.ForEach(end => end.Close());
            ends.Clear();
        }
    }

    /// <summary>Bytes go nowhere, connections stay: the worst kind of outage.</summary>
    public void Clog() => flowing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>As before.</summary>
    public void Mend()
    {
        cut = false;
        flowing.TrySetResult();
    }

    /// <summary>Takes it away.</summary>
    public async ValueTask DisposeAsync()
    {
        await closed.CancelAsync();
        Cut();
        listener.Dispose();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        closed.Dispose();
    }

    private static TaskCompletionSource Open()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var near = await listener.AcceptTcpClientAsync(closed.Token);
            if (cut)
            {
                near.Dispose();
                continue;
            }

            var far = new TcpClient();
            await far.ConnectAsync(IPAddress.Loopback, target, closed.Token);
            lock (ends)
            {
                ends.AddRange([near, far]);
            }

            _ = PumpAsync(near, far);
            _ = PumpAsync(far, near);
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to)
    {
        try
        {
            var buffer = new byte[16 * 1024];
            while (await from.GetStream().ReadAsync(buffer, closed.Token) is > 0 and var read)
            {
                await flowing.Task.WaitAsync(closed.Token);
                await to.GetStream().WriteAsync(buffer.AsMemory(0, read), closed.Token);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException
            or SocketException or OperationCanceledException)
        {
            // Cut.
        }
        finally
        {
            from.Dispose();
            to.Dispose();
        }
    }
}
