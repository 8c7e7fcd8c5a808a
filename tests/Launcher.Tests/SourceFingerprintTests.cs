using EPerfect.Launcher.Building;

namespace EPerfect.Launcher.Tests;

/// <summary>What is published is made anew, and what was is deleted, when a source changes and at no other time.</summary>
public sealed class SourceFingerprintTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("eperfect-sources-");

    public SourceFingerprintTests()
    {
        Write("platform.sln");
        Write("deploy/publish.proj");
        Write("services/Orders/PlaceOrder.cs");
    }

    private string Now => SourceFingerprint.Of(new Checkout(folder.FullName));

    [Theory]
    [InlineData("services/Orders/CancelOrder.cs")]
    [InlineData("contracts/Orders/OrderPlaced.cs")]
    [InlineData("Directory.Packages.props")]
    public void A_new_source_is_another_state(string source)
    {
        var before = Now;

        Write(source);

        Now.ShouldNotBe(before);
    }

    [Theory]
    [InlineData("contracts/partners/samples/node/node_modules/library/index.js")]
    [InlineData("contracts/partners/samples/python/position")]
    [InlineData("services/Orders/obj/project.assets.json")]
    public void What_partners_programs_and_builds_leave_is_none(string file)
    {
        var before = Now;

        Write(file);

        Now.ShouldBe(before);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private void Write(string file)
    {
        var path = Path.Combine(folder.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
    }
}
