using System.Runtime.Versioning;

namespace EPerfect.PersonalData.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class KeyFileTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("keyfile").FullName;

    private string File1 => Path.Combine(directory, "keys");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void Outside_development_it_is_refused_and_the_setting_is_named()
    {
        var refused = Should.Throw<InvalidOperationException>(
            () => new FileKeyEncryptionKeyProvider(File1, allowed: false));

        refused.Message.ShouldContain("PersonalData:AllowKeyFile");
        File.Exists(File1).ShouldBeFalse();
    }

    [Fact]
    public void A_missing_file_is_made_readable_by_its_owner_alone()
    {
        _ = new FileKeyEncryptionKeyProvider(File1, allowed: true);

        File.GetUnixFileMode(File1).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    public void A_file_that_others_may_read_or_write_is_refused(UnixFileMode more)
    {
        _ = new FileKeyEncryptionKeyProvider(File1, allowed: true);
        File.SetUnixFileMode(File1, UnixFileMode.UserRead | UnixFileMode.UserWrite | more);

        Should.Throw<InvalidOperationException>(() => new FileKeyEncryptionKeyProvider(File1, allowed: true))
            .Message.ShouldContain("chmod 600");
    }

    [Fact]
    public async Task Processes_that_make_the_file_at_once_agree_on_its_keys()
    {
        for (var round = 0; round < 20; round++)
        {
            var path = Path.Combine(directory, $"keys{round}");
            using var start = new Barrier(4);
            var indexes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait(Ct);
                    return Convert.ToHexString(
                        new FileKeyEncryptionKeyProvider(path, allowed: true).DeriveIndexKey("accounts"));
                },
                Ct, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

            indexes.Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        }

        Directory.GetFiles(directory, "*.draft").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("index AAAA\nkek 1 AAAA\n")]
    [InlineData("kek 1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n")]
    [InlineData("index AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n")]
    public void A_damaged_file_is_refused_and_never_replaced(string content)
    {
        using (var file = new FileStream(File1, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(content));
        }

        Should.Throw<InvalidOperationException>(() => new FileKeyEncryptionKeyProvider(File1, allowed: true))
            .Message.ShouldContain("damaged");
        File.ReadAllText(File1).ShouldBe(content);
    }

    [Fact]
    public async Task A_later_epoch_wraps_what_is_new_and_the_earlier_one_still_unwraps()
    {
        var before = new FileKeyEncryptionKeyProvider(File1, allowed: true);
        var wrapped = await before.WrapAsync(before.CurrentEpoch, new byte[32], default, Ct);
        File.AppendAllText(File1, $"kek 2 {new string('A', 43)}\n");

        var after = new FileKeyEncryptionKeyProvider(File1, allowed: true);

        after.CurrentEpoch.ShouldBe(2);
        (await after.UnwrapAsync(1, wrapped, default, Ct)).ShouldBe(new byte[32]);
        after.DeriveIndexKey("accounts").ShouldBe(before.DeriveIndexKey("accounts"));
        await Should.ThrowAsync<TamperSuspectedException>(async () => await after.UnwrapAsync(2, wrapped, default, Ct));
        await Should.ThrowAsync<TamperSuspectedException>(async () => await after.UnwrapAsync(3, wrapped, default, Ct));
    }
}
