using System.Net;
using EPerfect.ServiceDefaults.Tests.Sample;
using EPerfect.Testing;
using Npgsql;

namespace EPerfect.ServiceDefaults.Tests;

/// <summary>deploy/runbooks/full-disk.md, on a real file system that is full.</summary>
public sealed class FullDiskTests(PostgresServer postgres)
{
    private const string NoRoot = "Only root may mount a file system.";
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_room_for_data_changes_are_refused_and_reads_answered_and_with_room_it_goes_on_by_itself()
    {
        Assert.SkipUnless(SmallDisk.IsPermitted, NoRoot);
        await using var database = await postgres.CreateDatabaseAsync("orders", ct: Token);
        using var disk = await SmallDisk.MountAsync(await FolderAsync(), megabytes: 64, Token);
        await ExecuteAsync($"create tablespace small location '{disk.Folder}'");
        await ExecuteAsync($"alter database {database.Name} set tablespace small");
        await using (var service = await TestService.StartAsync(Sender.Define(), postgres, database: database))
        await using (var openers = new Openers(service))
        {
            await openers.UntilMoreAsync(20);

            disk.Fill();
            await openers.UntilRefusedAsync();
            (await service.Client.GetAsync($"/api/tallies/{openers.First}", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);

            disk.MakeRoom();
            await openers.UntilMoreAsync(50);
            await openers.EndWithNothingLostAsync(database.Admin, Token);
        }

        await database.DisposeAsync();
        await ExecuteAsync("drop tablespace small");
    }

    [Fact]
    public async Task Without_room_for_its_log_the_server_stops_and_started_again_with_room_it_has_all_that_was_acknowledged()
    {
        Assert.SkipUnless(SmallDisk.IsPermitted, NoRoot);
        await using var small = await PostgresWithSmallLog.StartAsync(Token);
        await using var service = await TestService.StartAsync(Sender.Define(), postgres, database: small.Database);
        await using var openers = new Openers(service);
        await openers.UntilMoreAsync(20);

        small.Disk.Fill();
        await Until.TrueAsync(
            async () =>
            {
                await TryNextSegmentAsync(small.Database.Admin);
                return !small.Runs;
            },
            "it stops for want of room");
        await openers.UntilRefusedAsync();

        small.Disk.MakeRoom();
        await small.StartAgainAsync(Token);
        await openers.UntilMoreAsync(50);
        await openers.EndWithNothingLostAsync(small.Database.Admin, Token);
    }

    private async Task<string> FolderAsync() =>
        Path.Combine(Path.GetDirectoryName(await postgres.DataFolderAsync())!, $"disk-{Guid.NewGuid():N}");

    /// <summary>The log goes on in its next file, as it does every few megabytes.</summary>
    private static async Task TryNextSegmentAsync(string admin)
    {
        try
        {
            await using var connection = new NpgsqlConnection($"{admin};Pooling=false;Timeout=2;Command Timeout=2");
            await connection.OpenAsync(Token);
            await using var command = new NpgsqlCommand("select pg_switch_wal()", connection);
            await command.ExecuteNonQueryAsync(Token);
        }
        catch (NpgsqlException)
        {
            // It has stopped, or is about to.
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await postgres.AdminAsync());
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }
}
