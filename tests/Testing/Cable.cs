using System.Net;
using System.Net.Sockets;

namespace EPerfect.Testing;

/// <summary>The line between a service and its server, which a test can cut, clog, slow down and mend.</summary>
public sealed class Cable : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> ends = [];
    private readonly CancellationTokenSource closed = new();
    private readonly int target;
    private readonly Task accepting;
    private volatile TaskCompletionSource asking = Open();
    private volatile TaskCompletionSource answering = Open();
    private volatile bool cut;
    private long delayTicks;

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
    public void Clog()
    {
        if (asking.Task.IsCompleted) asking = Closed();
        HalfOpen();
    }

    /// <summary>What is asked arrives and is done; no answer comes back.</summary>
    public void HalfOpen()
    {
        if (answering.Task.IsCompleted) answering = Closed();
    }

    /// <summary>Whatever goes through, either way, takes that much longer.</summary>
    public void Slow(TimeSpan delay) => Interlocked.Exchange(ref delayTicks, delay.Ticks);

    /// <summary>As before.</summary>
    public void Mend()
    {
        cut = false;
        Slow(TimeSpan.Zero);
        asking.TrySetResult();
        answering.TrySetResult();
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

    private static TaskCompletionSource Closed() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource Open()
    {
        var open = Closed();
        open.SetResult();
        return open;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var near = await listener.AcceptTcpClientAsync(closed.Token);
            if (cut) near.Dispose();
            else _ = ConnectAsync(near);
        }
    }

    private async Task ConnectAsync(TcpClient near)
    {
        var far = new TcpClient();
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, target, closed.Token);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            near.Dispose(); // the server is away
            return;
        }

        near.NoDelay = far.NoDelay = true;
        lock (ends)
        {
            ends.RemoveAll(end => !end.Connected);
            ends.AddRange([near, far]);
        }

        // Cut while it was being laid.
        if (cut) near.Dispose();
        _ = PumpAsync(near, far, () => asking);
        _ = PumpAsync(far, near, () => answering);
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, Func<TaskCompletionSource> flowing)
    {
        try
        {
            var buffer = new byte[16 * 1024];
            while (await from.GetStream().ReadAsync(buffer, closed.Token) is > 0 and var read)
            {
                if (Interlocked.Read(ref delayTicks) is > 0 and var ticks) await Task.Delay(new TimeSpan(ticks), closed.Token);
                await flowing().Task.WaitAsync(closed.Token);
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
