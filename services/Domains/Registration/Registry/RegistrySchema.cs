using Marten;
using Weasel.Postgresql.Tables;

namespace EPerfect.Domains.Registration.Registry;

/// <summary>
/// The embedded registry's own tables. Nothing of the service reads them but through <see cref="IRegistry"/>.
/// </summary>
internal static class RegistrySchema
{
    private const string Schema = "registry";

    public static void Add(StoreOptions options)
    {
        var domains = new Table($"{Schema}.domains");
        domains.AddColumn<string>("name").AsPrimaryKey();
        domains.AddColumn<Guid>("token").NotNull().AddIndex(index => index.IsUnique = true);
        domains.AddColumn<string>("handle").NotNull();
        domains.AddColumn<Guid>("contact_id");
        domains.AddColumn<string[]>("nameservers").NotNull();
        domains.AddColumn<DateTimeOffset>("registered_at").NotNull();
        domains.AddColumn<DateTimeOffset>("expires_at").NotNull();

        var calls = new Table($"{Schema}.calls");
        calls.AddColumn<Guid>("token").AsPrimaryKey();
        calls.AddColumn<string>("name").NotNull();
        calls.AddColumn<int>("times").NotNull();

        options.Storage.ExtendedSchemaObjects.Add(domains);
        options.Storage.ExtendedSchemaObjects.Add(calls);
    }
}
