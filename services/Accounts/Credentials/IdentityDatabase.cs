using EPerfect.PersonalData;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using OpenIddict.EntityFrameworkCore.Models;

namespace EPerfect.Accounts.Credentials;

/// <summary>Logins, clients, tokens and keys: a schema of its own in the service's database, beside the event store.</summary>
internal sealed class IdentityDatabase(DbContextOptions<IdentityDatabase> options)
    : IdentityUserContext<Login, Guid>(options), IDataProtectionKeyContext
{
    public const string Schema = "identity";

    public DbSet<ActivityEntry> Activity => Set<ActivityEntry>();

    public DbSet<AttemptCount> Attempts => Set<AttemptCount>();

    public DbSet<EndedSession> EndedSessions => Set<EndedSession>();

    public DbSet<PendingAddress> PendingAddresses => Set<PendingAddress>();

    public DbSet<TokenKey> TokenKeys => Set<TokenKey>();

    public DbSet<OpenIddictEntityFrameworkCoreToken<Guid>> Tokens => Set<OpenIddictEntityFrameworkCoreToken<Guid>>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasDefaultSchema(Schema);
        builder.UseOpenIddict<Guid>();
        NameTables(builder);
        NameNobody(builder);

        builder.Entity<Login>(login =>
        {
            login.Property(one => one.EmailIndex).HasMaxLength(43);
            login.HasIndex(one => one.EmailIndex).IsUnique();
            login.Property(one => one.SealedEmail)
                .HasConversion(email => email.Envelope, text => Sealed.Parse<SignInAddress>(text));
            // An address in clear has nowhere to rest.
            login.Ignore(one => one.Email);
            login.Ignore(one => one.NormalizedEmail);
            login.Ignore(one => one.PhoneNumber);
            login.Ignore(one => one.PhoneNumberConfirmed);
            login.Property(one => one.UserName).NotPersonal("the login's id");
            login.Property(one => one.NormalizedUserName).NotPersonal("the login's id");
        });
        builder.Entity<ActivityEntry>(entry =>
        {
            entry.ToTable("activity");
            entry.HasIndex(one => new { one.LoginId, one.At });
            entry.Property(one => one.Kind).HasMaxLength(64);
            entry.Property(one => one.ClientId).HasMaxLength(100);
            entry.Property(one => one.Address)
                .HasConversion(address => address!.Envelope, text => Sealed.Parse<ClientAddress>(text));
        });
        builder.Entity<AttemptCount>(count =>
        {
            count.ToTable("attempts");
            count.HasKey(one => one.Key);
            count.Property(one => one.Key).HasColumnName("key").HasMaxLength(100);
            count.Property(one => one.Failures).HasColumnName("failures");
            count.Property(one => one.RestsUntil).HasColumnName("rests_until");
            count.Property(one => one.LastAt).HasColumnName("last_at");
            count.HasIndex(one => one.LastAt);
        });
        builder.Entity<EndedSession>(session =>
        {
            session.ToTable("ended_sessions");
            session.Property(one => one.Id).HasColumnName("id").ValueGeneratedNever();
            session.Property(one => one.ForgottenAt).HasColumnName("forgotten_at");
            session.HasIndex(one => one.ForgottenAt);
        });
        builder.Entity<PendingAddress>(pending =>
        {
            pending.ToTable("pending_addresses");
            pending.HasIndex(one => new { one.EmailIndex, one.LoginId });
            pending.HasIndex(one => one.ExpiresAt);
            pending.Property(one => one.EmailIndex).HasMaxLength(43);
            pending.Property(one => one.MovedFrom).HasMaxLength(43);
            pending.Property(one => one.Address)
                .HasConversion(address => address.Envelope, text => Sealed.Parse<SignInAddress>(text));
        });
        builder.Entity<TokenKey>(key =>
        {
            key.ToTable("token_keys");
            key.HasKey(one => new { one.Use, one.Number });
            key.Property(one => one.Use).HasConversion<string>().HasMaxLength(16);
        });
    }

    /// <summary>What an owner calls a program rests sealed, in the account's events.</summary>
    private static void NameNobody(ModelBuilder builder)
    {
        builder.Entity<IdentityUserLogin<Guid>>()
            .Property(one => one.ProviderDisplayName).NotPersonal("a provider's name, and there is none");
        builder.Entity<OpenIddictEntityFrameworkCoreApplication<Guid>>(client =>
        {
            client.Property(one => one.DisplayName).NotPersonal("never set");
            client.Property(one => one.DisplayNames).NotPersonal("never set");
        });
        builder.Entity<OpenIddictEntityFrameworkCoreScope<Guid>>(scope =>
        {
            scope.Property(one => one.DisplayName).NotPersonal("a scope's");
            scope.Property(one => one.DisplayNames).NotPersonal("a scope's");
        });
    }

    private static void NameTables(ModelBuilder builder)
    {
        builder.Entity<Login>().ToTable("logins");
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("login_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("external_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("login_tokens");
        builder.Entity<IdentityUserPasskey<Guid>>().ToTable("passkeys");
        builder.Entity<DataProtectionKey>().ToTable("data_protection_keys");
        builder.Entity<OpenIddictEntityFrameworkCoreApplication<Guid>>().ToTable("clients");
        builder.Entity<OpenIddictEntityFrameworkCoreAuthorization<Guid>>().ToTable("authorizations");
        builder.Entity<OpenIddictEntityFrameworkCoreScope<Guid>>().ToTable("scopes");
        builder.Entity<OpenIddictEntityFrameworkCoreToken<Guid>>().ToTable("tokens");
    }
}
