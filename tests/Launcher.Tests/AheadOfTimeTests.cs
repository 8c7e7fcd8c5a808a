using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using EPerfect.Launcher.Building;

namespace EPerfect.Launcher.Tests;

public sealed class AheadOfTimeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ahead-of-time").FullName;

    [Fact]
    public async Task What_an_interrupted_build_left_half_written_is_made_anew()
    {
        var ct = TestContext.Current.CancellationToken;
        var source = typeof(FactAttribute).Assembly.Location;
        var published = Directory.CreateDirectory(Path.Combine(folder, "published", "Process"));
        var target = Path.Combine(published.FullName, Path.GetFileName(source));
        File.Copy(source, target);
        var kept = Path.Combine(folder, "kept");
        var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(target, ct)))[..16];
        var left = Directory.CreateDirectory(Path.Combine(kept, hash)).FullName;
        File.Copy(source, Path.Combine(left, Path.GetFileName(source)));
        await File.WriteAllBytesAsync(
            Path.Combine(left, Path.GetFileNameWithoutExtension(source) + ".ni.dll"), new byte[4096], ct);

        await AheadOfTime.CompileAsync(Path.Combine(folder, "published"), kept, ct);

        using var image = new PEReader(File.OpenRead(target));
        image.HasMetadata.ShouldBeTrue("it is an assembly");
        image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size.ShouldBeGreaterThan(0, "with machine code");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
