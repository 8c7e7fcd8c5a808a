using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EPerfect.PersonalData;

/// <summary>
/// The secrets of one machine, in a file that its owner alone can read: one key-encryption key per epoch, one index
/// root.
/// </summary>
internal sealed record KeyFile(IReadOnlyDictionary<int, byte[]> Epochs, byte[] Index)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Reads the file, or makes it. Of several processes that make it at once, one does and all read the same.
    /// </summary>
    public static KeyFile ReadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            using var turn = TakeTurn($"{path}.lock");
            if (!File.Exists(path))
            {
                Create(path);
            }
        }

        return Read(path);
    }

    // Moving a file "without overwriting" is a check and a rename, not one step, so makers take turns.
    private static FileStream TakeTurn(string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, OwnersFile(FileMode.OpenOrCreate));
            }
            catch (IOException) when (File.Exists(path) && attempt < 100)
            {
                Thread.Sleep(TimeSpan.FromMilliseconds(50));
            }
        }
    }

    // Written aside and renamed: the file appears whole or not at all.
    private static void Create(string path)
    {
        var draft = $"{path}.draft";
        using (var file = new FileStream(draft, OwnersFile(FileMode.Create)))
        {
            file.Write(Encoding.ASCII.GetBytes($"index {NewSecret()}\nkek 1 {NewSecret()}\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path);
    }

    private static FileStreamOptions OwnersFile(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }

    private static KeyFile Read(string path)
    {
        using var file = File.OpenRead(path);
        if (!OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(file.SafeFileHandle) & ~OwnerOnly) != UnixFileMode.None)
        {
            throw new InvalidOperationException($"The key file {path} must be readable by its owner alone: chmod 600.");
        }

        using var reader = new StreamReader(file, Encoding.ASCII);
        return Parse(reader.ReadToEnd()) ?? throw new InvalidOperationException(
            $"The key file {path} is damaged. Restore it from a copy: a new one cannot open what was sealed.");
    }

    private static KeyFile? Parse(string text)
    {
        byte[]? index = null;
        var epochs = new Dictionary<int, byte[]>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (line.Split(' '))
            {
                case ["index", var secret] when index is null && TrySecret(secret, out var bytes):
                    index = bytes;
                    break;
                case ["kek", var epoch, var secret]
                    when int.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                        && number > 0 && TrySecret(secret, out var bytes) && epochs.TryAdd(number, bytes):
                    break;
                default:
                    return null;
            }
        }

        return index is null || epochs.Count == 0 ? null : new KeyFile(epochs, index);
    }

    private static bool TrySecret(string text, out byte[] secret)
    {
        var valid = Base64Url.IsValid(text, out var length) && length == Aead.KeySize;
        secret = valid ? Base64Url.DecodeFromChars(text) : [];
        return valid;
    }

    private static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Aead.KeySize));
}
