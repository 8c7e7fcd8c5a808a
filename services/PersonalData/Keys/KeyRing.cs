using System.Runtime.InteropServices;

namespace EPerfect.PersonalData;

/// <summary>Whose key, for which group.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct KeyName(Guid Subject, DataGroup Group)
{
    /// <summary>The service's own, for secrets that say nothing about a person.</summary>
    public static readonly KeyName Service;

    public string GroupToken => this == Service ? "service" : Group.Token();
}

/// <summary>All versions of one key, oldest first.</summary>
internal sealed class KeyRing(IReadOnlyList<DataKey> keys) : IDisposable
{
    public bool IsEmpty => keys.Count == 0;

    public DataKey? Newest => keys.Count == 0 ? null : keys[^1];

    /// <param name="version">The version, or null for the newest.</param>
    public DataKey? Find(int? version)
    {
        for (var at = keys.Count - 1; at >= 0; at--)
        {
            if (version is null || keys[at].Version == version)
            {
                return keys[at];
            }
        }

        return null;
    }

    public void Dispose()
    {
        foreach (var key in keys)
        {
            key.Dispose();
        }
    }
}
