using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace EPerfect.PersonalData;

/// <summary>Whose key, for which group.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct KeyName(Guid Subject, DataGroup Group);

internal enum KeyState
{
    /// <summary>Seals and opens.</summary>
    Active,

    /// <summary>Opens what it sealed before a newer version took over.</summary>
    Retired,

    /// <summary>Seals, does not open.</summary>
    Restricted,

    /// <summary>Destroyed: a tombstone without a secret.</summary>
    Shredded,
}

internal static class KeyStates
{
    public static KeyState From(string text) => Enum.Parse<KeyState>(text, ignoreCase: true);
}

/// <summary>One version of a key. Disposing overwrites the secret.</summary>
internal sealed class DataKey(int version, KeyState state, byte[] secret) : IDisposable
{
    public int Version => version;

    public KeyState State => state;

    public ReadOnlySpan<byte> Secret => secret;

    public DataKey Copy() => new(version, state, [.. secret]);

    public void Dispose() => CryptographicOperations.ZeroMemory(secret);
}

/// <summary>All versions of one key, oldest first.</summary>
internal sealed class KeyRing(IReadOnlyList<DataKey> keys) : IDisposable
{
    public bool IsEmpty => keys.Count == 0;

    /// <summary>A copy that the caller disposes of: the ring's own may be overwritten at any moment.</summary>
    /// <param name="version">The version, or null for the newest.</param>
    public DataKey? Copy(int? version) =>
        (keys.LastOrDefault(key => version is null || key.Version == version))?.Copy();

    public void Dispose()
    {
        foreach (var key in keys)
        {
            key.Dispose();
        }
    }
}
