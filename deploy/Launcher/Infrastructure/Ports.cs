using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;

namespace EPerfect.Launcher.Infrastructure;

/// <summary>Loopback ports by name: chosen once, remembered, chosen anew only if another program took one.</summary>
internal sealed class Ports(string file)
{
    // Below Linux's range for outgoing connections (from 32768), so that no client is given our port while we are down.
    private const int First = 20000;
    private const int Last = 32000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, int> chosen = Load(file);

    public int this[string name]
    {
        get
        {
            lock (gate)
            {
                return chosen.TryGetValue(name, out var port) ? port : Choose(name);
            }
        }
    }

    /// <summary>The remembered port, or another one if it is taken. To be called before its owner starts.</summary>
    public int Free(string name)
    {
        lock (gate)
        {
            return chosen.TryGetValue(name, out var port) && IsOurs(port) ? port : Choose(name);
        }
    }

    private int Choose(string name)
    {
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            var port = RandomNumberGenerator.GetInt32(First, Last);
            if (chosen.ContainsValue(port) || !IsOurs(port))
                continue;
            chosen[name] = port;
            File.WriteAllText(file, JsonSerializer.Serialize(chosen));
            return port;
        }

        throw new LaunchException($"No free port between {First} and {Last} on 127.0.0.1");
    }

    private bool IsOurs(int port) => PortClaims.TryClaim(port, file) && IsFree(port);

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        // As the servers do: connections of a dead server that linger in TIME_WAIT do not make its port taken.
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen(1);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static Dictionary<string, int> Load(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllText(file)) ?? [];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return [];
        }
    }
}
