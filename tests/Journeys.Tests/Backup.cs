using EPerfect.Launcher.Infrastructure;
using EPerfect.Launcher.Processes;
using EPerfect.PersonalData;
using EPerfect.Testing;
using Npgsql;

namespace EPerfect.Journeys.Tests;

/// <summary>All data, the keys, and what wraps them, as they were at one time.</summary>
internal sealed class Backup : IDisposable
{
    private readonly RunningPlatform platform;
    private readonly Databases databases;

    private Backup(RunningPlatform platform, Databases databases) => (this.platform, this.databases) = (platform, databases);

    /// <summary>Where it lies.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("eperfect-backup-").FullName;

    private static IReadOnlyList<string> Names { get; } = [.. Databases.Services, "keys"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Backup> TakeAsync(RunningPlatform platform, Databases databases)
    {
        var backup = new Backup(platform, databases);
        // Not compressed: what is in it can be looked for.
        foreach (var name in Names)
            await ToolAsync("pg_dump", "-Fc", "-Z0", "-f", Path.Combine(backup.Folder, name), databases.AddressOf(name));
        foreach (var service in Databases.Services)
            File.Copy(platform.KeyFileOf(service), Path.Combine(backup.Folder, $"{service}.keys"));
        return backup;
    }

    /// <summary>Restores all databases, under other names, beside those of now.</summary>
    public async Task RestoreAsync(string prefix)
    {
        foreach (var name in Names)
        {
            await databases.ExecuteAsync("postgres", $"create database {prefix}_{name} owner postgres");
            await ToolAsync("pg_restore", "-d", databases.AddressOf($"{prefix}_{name}"), Path.Combine(Folder, name));
            await databases.ExecuteAsync(
                "postgres", $"grant connect on database {prefix}_{name} to {string.Join(", ", Databases.Services)}");
        }
    }

    /// <summary>Tries each restored key of a service: how many there are, and how many cannot be had.</summary>
    /// <param name="prefix">Which restored databases.</param>
    /// <param name="service">Whose keys.</param>
    /// <param name="then">Whether with what wrapped the keys then, or else with what wraps them now.</param>
    public async Task<(int Keys, int Unreadable)> OpenAllAsync(string prefix, string service, bool then)
    {
        var copy = Path.GetTempFileName();
        File.Copy(then ? Path.Combine(Folder, $"{service}.keys") : platform.KeyFileOf(service), copy, overwrite: true);
        await using var source = NpgsqlDataSource.Create(platform.ConnectionString($"{prefix}_keys", service));
        using var vault = new Vault(new VaultOptions(
            source, service, new FileKeyEncryptionKeyProvider(copy, allowed: true), TimeProvider.System));
        var rotation = (await vault.RotateAsync(TimeSpan.Zero, progress: null, Ct))!;
        File.Delete(copy);
        return (rotation.Rewrapped + rotation.Unreadable, rotation.Unreadable);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static async Task ToolAsync(string program, params string[] words)
    {
        var result = await Tool.RunAsync(Ct, [Path.Combine(PostgresBinaries.Find()!.Folder, program), .. words]);
        if (result.ExitCode != 0) throw new InvalidOperationException($"{program}: {result.Output}");
    }
}
