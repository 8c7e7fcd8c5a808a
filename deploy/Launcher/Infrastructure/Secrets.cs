using System.Buffers.Text;
using System.Security.Cryptography;

namespace EPerfect.Launcher.Infrastructure;

/// <summary>Generated passwords and keys, one file each, never readable by anybody but its owner.</summary>
internal sealed class Secrets(string folder)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly Lock gate = new();

    /// <summary>256 random bits as base64url: needs no escaping in a URI, a connection string or SQL.</summary>
    public string this[string name] => File.ReadAllText(FileOf(name));

    /// <summary>Where it is, should it exist.</summary>
    public string PathOf(string name) => Path.Combine(folder, name);

    public string FileOf(string name)
    {
        var path = PathOf(name);
        lock (gate)
        {
            if (!File.Exists(path))
                WriteOwnerOnly(path, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));
        }

        return path;
    }

    public static void WriteOwnerOnly(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, OwnerOnly | UnixFileMode.UserExecute);
        var draft = path + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        };
        using (var writer = new StreamWriter(draft, options))
            writer.Write(text);
        File.Move(draft, path, overwrite: true);
    }
}
