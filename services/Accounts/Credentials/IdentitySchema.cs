using EPerfect.ServiceDefaults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace EPerfect.Accounts.Credentials;

/// <summary>Where the tables are, and who makes them: the launcher and tests here, production beforehand.</summary>
internal sealed class IdentitySchema(IServiceScopeFactory scopes, NpgsqlDataSource source, IConfiguration configuration)
    : ILaysTables
{
    public static void Configure(DbContextOptionsBuilder options, NpgsqlDataSource source) => options
        .UseNpgsql(source, npgsql => npgsql.MigrationsHistoryTable("migrations", IdentityDatabase.Schema))
        // Lost races are expected; who does not handle one is logged by whoever called.
        .ConfigureWarnings(warnings => warnings.Log(
            (RelationalEventId.CommandError, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug)));

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!configuration.GetValue("Store:CreateSchema", defaultValue: false)) return;
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IdentityDatabase>().Database;
        // The library's own lock is let go between two migrations: of two instances both would apply the second.
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var alone = new NpgsqlCommand("select pg_advisory_xact_lock(hashtext('identity schema'))", connection);
        alone.CommandTimeout = 60;
        await alone.ExecuteNonQueryAsync(cancellationToken);
        await database.MigrateAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>For the command that writes migrations (see README.md). It connects to nothing.</summary>
    internal sealed class ForMigrations : IDesignTimeDbContextFactory<IdentityDatabase>
    {
        public IdentityDatabase CreateDbContext(string[] args)
        {
            var options = new DbContextOptionsBuilder<IdentityDatabase>();
            Configure(options, NpgsqlDataSource.Create("Host=none"));
            // Identity asks there which version of its tables is wanted.
            var services = new ServiceCollection();
            services.Configure<IdentityOptions>(CredentialsSetup.Configure);
            options.UseApplicationServiceProvider(services.BuildServiceProvider());
            return new IdentityDatabase(options.Options);
        }
    }
}
