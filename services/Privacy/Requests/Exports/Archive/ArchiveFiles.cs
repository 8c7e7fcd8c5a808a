using System.IO.Compression;
using System.Security.Cryptography;

namespace EPerfect.Privacy.Requests.Exports.Archive;

/// <summary>Writes files into the archive, and takes down the hash of each.</summary>
internal sealed class ArchiveFiles(ZipArchive zip)
{
    private readonly List<ListedFile> listed = [];

    public IReadOnlyList<ListedFile> Listed => listed;

    public async Task AddAsync(string name, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        using var hash = SHA256.Create();
        var entry = zip.CreateEntry(name);
        await using (var file = await entry.OpenAsync(cancellationToken))
        await using (var counted = new CryptoStream(file, hash, CryptoStreamMode.Write, leaveOpen: true))
        {
            await write(counted);
            await counted.FlushFinalBlockAsync(cancellationToken);
        }

        listed.Add(new ListedFile(name, Convert.ToHexStringLower(hash.Hash!)));
    }
}
