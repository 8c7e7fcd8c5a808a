using EPerfect.Launcher.Infrastructure;

namespace EPerfect.Launcher.Tests;

public sealed class SecretsTests : IDisposable
{
    private readonly Home home = Sandbox.Create("secrets");

    [Fact]
    public void A_secret_is_readable_by_its_owner_alone()
    {
        var file = home.Secrets.FileOf("postgres-orders");

        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void Secrets_logs_and_traces_lie_in_folders_that_nobody_else_enters()
    {
        foreach (var folder in (string[])["secrets", "logs", "traces", "run"])
        {
            File.GetUnixFileMode(Path.Combine(home.Folder, folder))
                .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, folder);
        }
    }

    [Fact]
    public void A_secret_is_made_once_and_kept()
    {
        var first = home.Secrets["postgres-orders"];

        new Secrets(Path.Combine(home.Folder, "secrets"))["postgres-orders"].ShouldBe(first);
    }

    [Fact]
    public void Every_secret_is_another_one_of_256_bits()
    {
        home.Secrets["postgres-orders"].ShouldNotBe(home.Secrets["postgres-accounts"]);
        home.Secrets["postgres-orders"].Length.ShouldBe(43); // base64url of 32 bytes
    }

    public void Dispose() => home.Delete();
}
