using System;
using EPerfect.PersonalData;
using Marten;
using Marten.Events.Aggregation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Corpus;

public class FrameworkUser
{
    public string? Email { get; set; } // EPD001

    public string? PhoneNumber { get; set; }

    public string? UserName { get; set; }

    public string? DisplayName { get; set; } // EPD001
}

public sealed class User : FrameworkUser
{
    public Guid Id { get; set; }

    private string Street { get; set; } = ""; // EPD001
}

public sealed class SignIn
{
    public Guid Id { get; set; }

    public string IpAddress { get; set; } = ""; // EPD001
}

public sealed record Claim(string Id, string CustomerName); // EPD001

public sealed record Listed(Guid Id, string Postcode); // EPD001

public sealed partial class ListedProjection : SingleStreamProjection<Listed, Guid>;

public sealed record Summary(Guid Id, string Fax); // EPD001

public sealed class Database(DbContextOptions options) : DbContext(options)
{
    public DbSet<SignIn> SignIns => Set<SignIn>();

    protected override void OnModelCreating(ModelBuilder builder) => builder.Entity<User>(user =>
    {
        user.Ignore(one => one.PhoneNumber);
        user.Property(one => one.UserName).NotPersonal("the login's id");
        user.Property(one => one.DisplayName).HasMaxLength(100);
    });
}

public static class Columns
{
    public static PropertyBuilder<T> NotPersonal<T>(this PropertyBuilder<T> column, string why) => column;
}

public static class Documents
{
    public static void Add(StoreOptions options)
    {
        options.Schema.For<Claim>();
        options.Projections.Snapshot<Summary>(JasperFx.Events.Projections.SnapshotLifecycle.Async);
    }
}
