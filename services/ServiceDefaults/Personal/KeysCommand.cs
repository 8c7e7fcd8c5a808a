using EPerfect.PersonalData;
using Microsoft.AspNetCore.Builder;
using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>The operator's command for the keys of a service: shows them, rotates what wraps them, keeps the list of
/// erasures and replays it.</summary>
internal static class KeysCommand
{
    private const string Usage = """
        keys                        epochs of key-encryption keys, keys in each, legal holds, erasures that wait
        keys rotate                 begins an epoch now, wraps all keys anew, destroys the epochs before the last
        keys ledger export FILE     writes which erasures were done, into a new file: to be kept apart from the keys
        keys ledger replay FILE     after a restore, before the service runs: destroys again what had been destroyed

        Exits with 0 if it was done, with 1 if not; then nothing was changed but what it says.
        """;

    public static async Task<int> RunAsync(string service, string[] args, params string[] settings)
    {
        if (args is ["--help" or "-h"])
        {
            Console.WriteLine($"{Usage}\n{HoldsCommand.Usage}");
            return 0;
        }

        try
        {
            return await CarryOutAsync(service, args, settings);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException
            or InvalidOperationException or NpgsqlException or VaultUnavailableException or TamperSuspectedException)
        {
            return Fail(failure.Message);
        }
    }

    private static async Task<int> CarryOutAsync(string service, string[] args, string[] settings)
    {
        var builder = WebApplication.CreateBuilder(settings);
        await using var database = KeyProviders.Database(builder.Configuration);
        using var vault = new Vault(new VaultOptions(
            database, service, KeyProviders.Choose(builder, service), TimeProvider.System));
        return args switch
        {
            [] => await ShowAsync(vault),
            ["rotate"] => await RotateAsync(vault),
            ["hold", var subject, var group, var reason] => await HoldsCommand.HoldAsync(vault, subject, group, reason, null),
            ["hold", var subject, var group, var reason, var until] =>
                await HoldsCommand.HoldAsync(vault, subject, group, reason, until),
            ["release", var hold] => await HoldsCommand.ReleaseAsync(vault, hold),
            ["ledger", "export", var file] => await ExportAsync(vault, file),
            ["ledger", "replay", var file] => await ReplayAsync(vault, file),
            _ => Fail($"{Usage}\n{HoldsCommand.Usage}"),
        };
    }

    private static async Task<int> ShowAsync(Vault vault)
    {
        var report = await vault.ReportAsync(CancellationToken.None);
        foreach (var epoch in report.Epochs)
        {
            var state = epoch.DestroyedAt is { } at ? $"destroyed {at:u}" : $"{epoch.Keys} keys";
            Console.WriteLine($"epoch {epoch.Epoch}, begun {epoch.BegunAt:u}: {state}");
        }

        Console.WriteLine($"{report.Holds} legal holds, {report.PendingErasures} erasures wait for their end");
        return 0;
    }

    private static async Task<int> RotateAsync(Vault vault)
    {
        var progress = new Progress<int>(keys => Console.WriteLine($"{keys} keys wrapped anew"));
        if (await vault.RotateAsync(TimeSpan.Zero, progress, CancellationToken.None) is not { } rotation)
            return Fail("Another process is rotating at this moment.");
        var destroyed = rotation.Destroyed.Count == 0 ? "none" : string.Join(", ", rotation.Destroyed);
        Console.WriteLine($"epoch {rotation.Epoch}: {rotation.Rewrapped} keys wrapped anew; epochs destroyed: {destroyed}");
        return rotation.Unreadable == 0 ? 0 : Fail($"{rotation.Unreadable} keys cannot be unwrapped and stay where they are.");
    }

    private static async Task<int> ExportAsync(Vault vault, string file)
    {
        var ledger = await vault.LedgerAsync(CancellationToken.None);
        await LedgerFile.WriteAsync(file, ledger, CancellationToken.None);
        Console.WriteLine($"{ledger.Count} erasures written to {file}");
        return 0;
    }

    private static async Task<int> ReplayAsync(Vault vault, string file)
    {
        var replay = await vault.ReplayAsync(
            await LedgerFile.ReadAsync(file, CancellationToken.None), CancellationToken.None);
        Console.WriteLine(
            $"{replay.Shredded} destroyed again, {replay.Buried} buried again, {replay.Unchanged} were still destroyed");
        return 0;
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }
}
