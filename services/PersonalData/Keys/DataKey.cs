using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace EPerfect.PersonalData;

internal enum KeyState
{
    /// <summary>Seals and opens.</summary>
    Active,

    /// <summary>Opens what it sealed before a newer version took over.</summary>
    Retired,

    /// <summary>Seals; opens on an exceptional ground only.</summary>
    Restricted,

    /// <summary>Destroyed: a tombstone without a secret.</summary>
    Shredded,
}

internal static class KeyStates
{
    public static KeyState From(string text) => Enum.Parse<KeyState>(text, ignoreCase: true);
}

/// <summary>
/// One version of a key, ready for use. The secret lives in the cipher's own memory, which no garbage collector moves or
/// copies and which is overwritten when it is let go. The cipher is not thread safe, so its users take turns.
/// </summary>
internal sealed class DataKey : IDisposable
{
    private readonly Lock gate = new();
    private AesGcm? cipher;

    /// <param name="version">Which version.</param>
    /// <param name="state">What it may be used for.</param>
    /// <param name="secret">Overwritten here. Empty for a tombstone.</param>
    public DataKey(int version, KeyState state, byte[] secret)
    {
        (Version, State) = (version, state);
        cipher = secret.Length == 0 ? null : Aead.Cipher(secret);
        CryptographicOperations.ZeroMemory(secret);
    }

    public int Version { get; }

    public KeyState State { get; }

    public bool TrySeal(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> context, [NotNullWhen(true)] out byte[]? box)
    {
        lock (gate)
        {
            box = cipher is null ? null : Aead.Seal(cipher, plain, context);
            return box is not null;
        }
    }

    /// <returns>False if the key was let go meanwhile: it is to be fetched anew.</returns>
    /// <exception cref="AuthenticationTagMismatchException">Another key, another context, or an altered box.</exception>
    public bool TryOpen(ReadOnlySpan<byte> box, ReadOnlySpan<byte> context, Span<byte> plain)
    {
        lock (gate)
        {
            if (cipher is null)
            {
                return false;
            }

            Aead.Open(cipher, box, context, plain);
            return true;
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            cipher?.Dispose();
            cipher = null;
        }
    }
}
