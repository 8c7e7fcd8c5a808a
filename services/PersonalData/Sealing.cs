using System.Buffers;
using System.Security.Cryptography;

namespace EPerfect.PersonalData;

/// <summary>Puts a value under a key.</summary>
internal sealed record Sealing(string Schema, string Alias)
{
    /// <returns>Null if the key was let go meanwhile.</returns>
    public Envelope? Seal(KeyName name, DataKey key, byte[] plain)
    {
        if (key.State == KeyState.Shredded)
        {
            throw new SubjectErasedException(name.Subject, name.Group);
        }

        var context = Envelope.Context(
            stackalloc byte[Envelope.ContextRoom], Schema, name.Subject, name.Group, key.Version, Alias);
        return key.TrySeal(plain, context, out var box)
            ? new Envelope(name.Group, key.Version, name.Subject, box)
            : null;
    }
}

/// <summary>Takes a value out from under its key.</summary>
internal readonly record struct Opening<T>(string Schema, Envelope Envelope, RestrictionException? Exception)
    where T : IPersonalData
{
    private const int SmallRoom = 512;

    /// <returns>Null if the key was let go meanwhile, or does not fit: to be looked at again with the store's.</returns>
    public Opened<T>? TryOpen(DataKey key)
    {
        try
        {
            return OpenWith(key);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <returns>Null if the key was let go meanwhile.</returns>
    public Opened<T>? Open(DataKey? key)
    {
        try
        {
            return OpenWith(key ?? throw new TamperSuspectedException(
                $"Subject {Envelope.Subject} never had a key {Envelope.Version} for its {Envelope.Group} data."));
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new TamperSuspectedException(
                $"A sealed '{T.Declared.Alias}' of subject {Envelope.Subject} was altered or is not in its place.", e);
        }
    }

    private Opened<T>? OpenWith(DataKey key) => key.State switch
    {
        KeyState.Shredded => new Opened<T>.Erased(),
        KeyState.Restricted when Exception is null => new Opened<T>.Restricted(),
        _ => Clear(key),
    };

    private Opened<T>.Clear? Clear(DataKey key)
    {
        var length = Envelope.Box.Length - Aead.Overhead;
        var rented = length > SmallRoom ? ArrayPool<byte>.Shared.Rent(length) : null;
        var plain = (rented ?? stackalloc byte[SmallRoom])[..length];
        try
        {
            var context = Envelope.Context(
                stackalloc byte[Envelope.ContextRoom],
                Schema, Envelope.Subject, Envelope.Group, Envelope.Version, T.Declared.Alias);
            return key.TryOpen(Envelope.Box, context, plain) ? new Opened<T>.Clear(Content.Read<T>(plain)) : null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }
}
