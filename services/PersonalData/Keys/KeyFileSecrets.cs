using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EPerfect.PersonalData;

/// <summary>One key-encryption key per epoch, and one index root. Disposing overwrites them.</summary>
internal sealed record KeyFileSecrets(IReadOnlyDictionary<int, byte[]> Epochs, byte[] Index) : IDisposable
{
    public int Newest => Epochs.Keys.Max();

    public static KeyFileSecrets Create() => new(new Dictionary<int, byte[]> { [1] = NewSecret() }, NewSecret());

    public KeyFileSecrets WithEpoch(int epoch) =>
        this with { Epochs = new Dictionary<int, byte[]>(Epochs) { [epoch] = NewSecret() } };

    public KeyFileSecrets WithoutUpTo(int epoch) =>
        this with { Epochs = Epochs.Where(kept => kept.Key > epoch).ToDictionary() };

    /// <summary>The text is the caller's to overwrite. No string is made of it: strings stay in memory.</summary>
    public static KeyFileSecrets? Parse(ReadOnlySpan<byte> text)
    {
        byte[]? index = null;
        var epochs = new Dictionary<int, byte[]>();
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range];
            if (line.IsEmpty)
            {
                continue;
            }

            var secret = TrySecret(line[(line.LastIndexOf((byte)' ') + 1)..]);
            var label = Encoding.ASCII.GetString(line[..Math.Max(0, line.LastIndexOf((byte)' '))]);
            if (secret is null || !Take(label, secret))
            {
                return null;
            }
        }

        return index is null || epochs.Count == 0 ? null : new KeyFileSecrets(epochs, index);

        bool Take(string label, byte[] secret) => label.Split(' ') switch
        {
            ["index"] when index is null => (index = secret) is not null,
            ["kek", var epoch] => int.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number > 0 && epochs.TryAdd(number, secret),
            _ => false,
        };
    }

    /// <summary>Takes over a later state: what is gone is overwritten, what stays is kept once.</summary>
    public KeyFileSecrets MoveTo(KeyFileSecrets later)
    {
        foreach (var (epoch, secret) in Epochs)
        {
            if (!later.Epochs.ContainsKey(epoch))
            {
                CryptographicOperations.ZeroMemory(secret);
            }
        }

        var kept = later.Epochs.ToDictionary(one => one.Key, one => SameOr(Epochs.GetValueOrDefault(one.Key), one.Value));
        return new KeyFileSecrets(kept, SameOr(Index, later.Index));
    }

    public byte[] Write()
    {
        var room = new byte[(Epochs.Count + 1) * 64];
        var length = Write(room, 0, "index ", Index);
        foreach (var (epoch, secret) in Epochs.OrderBy(one => one.Key))
        {
            length = Write(room, length, $"kek {epoch} ", secret);
        }

        var text = room[..length];
        CryptographicOperations.ZeroMemory(room);
        return text;
    }

    public void Dispose()
    {
        foreach (var secret in Epochs.Values.Append(Index))
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private static byte[] SameOr(byte[]? mine, byte[] other)
    {
        if (mine is null || !CryptographicOperations.FixedTimeEquals(mine, other))
        {
            return other;
        }

        CryptographicOperations.ZeroMemory(other);
        return mine;
    }

    private static int Write(byte[] room, int at, string label, byte[] secret)
    {
        at += Encoding.ASCII.GetBytes(label, room.AsSpan(at));
        at += Base64Url.EncodeToUtf8(secret, room.AsSpan(at));
        room[at] = (byte)'\n';
        return at + 1;
    }

    private static byte[]? TrySecret(ReadOnlySpan<byte> text) =>
        Base64Url.IsValid(text, out var length) && length == Aead.KeySize ? Base64Url.DecodeFromUtf8(text) : null;

    private static byte[] NewSecret() => RandomNumberGenerator.GetBytes(Aead.KeySize);
}
