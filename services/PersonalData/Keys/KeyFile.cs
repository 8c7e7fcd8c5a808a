using System.Security.Cryptography;

namespace EPerfect.PersonalData;

/// <summary>
/// A file of secrets on one machine that its owner alone can read. It is replaced as a whole, never changed: who reads it
/// sees one state or the next.
/// </summary>
internal sealed class KeyFile(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Tells this state of the file from another.</summary>
    public (DateTime, long) Stamp => new FileInfo(path) is { Exists: true } file ? (file.LastWriteTimeUtc, file.Length) : default;

    /// <summary>
    /// Reads the secrets, or makes the first. Of several processes that make them at once, one does and all read the same.
    /// </summary>
    public KeyFileSecrets ReadOrCreate()
    {
        if (!File.Exists(path))
        {
            using var turn = TakeTurn();
            if (!File.Exists(path))
            {
                using var first = KeyFileSecrets.Create();
                Write(first);
            }
        }

        return Read();
    }

    public KeyFileSecrets Read()
    {
        using var file = new FileStream(path, new FileStreamOptions { BufferSize = 0 });
        if (!OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(file.SafeFileHandle) & ~OwnerOnly) != UnixFileMode.None)
        {
            throw new InvalidOperationException($"The key file {path} must be readable by its owner alone: chmod 600.");
        }

        var text = new byte[file.Length];
        try
        {
            file.ReadExactly(text);
            return KeyFileSecrets.Parse(text) ?? throw new InvalidOperationException(
                $"The key file {path} is damaged. Restore it from a copy: a new one cannot open what was sealed.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
        }
    }

    /// <summary>Replaces the secrets by what is made of them. Processes that do so at once take turns.</summary>
    public void Replace(Func<KeyFileSecrets, KeyFileSecrets> change)
    {
        using var turn = TakeTurn();
        using var before = Read();
        using var after = change(before);
        Write(after);
    }

    // Moving a file "without overwriting" is a check and a rename, not one step, so makers take turns.
    private FileStream TakeTurn()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream($"{path}.lock", OwnersFile(FileMode.OpenOrCreate));
            }
            catch (IOException) when (File.Exists($"{path}.lock") && attempt < 100)
            {
                Thread.Sleep(TimeSpan.FromMilliseconds(50));
            }
        }
    }

    // Written aside and renamed: the file appears whole or not at all.
    private void Write(KeyFileSecrets secrets)
    {
        var text = secrets.Write();
        try
        {
            using (var file = new FileStream($"{path}.draft", OwnersFile(FileMode.Create)))
            {
                file.Write(text);
                file.Flush(flushToDisk: true);
            }

            File.Move($"{path}.draft", path, overwrite: true);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
        }
    }

    private static FileStreamOptions OwnersFile(FileMode mode)
    {
        // No buffer of its own: it would keep a copy.
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }
}
