using System.Text;
using System.Text.Json;
using EPerfect.Contracts.Privacy;
using EPerfect.ServiceDefaults;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace EPerfect.Testing;

/// <summary>Orders an export of one service as a message would, and opens what it hands over.</summary>
public sealed class Exporting(TestService service)
{
    private readonly (ExportKey Public, string Secret) key = ExportCipher.NewKey();

    /// <summary>The export, and the stream of the service's part.</summary>
    public Guid Id { get; } = Guid.CreateVersion7();

    /// <summary>Hands the order to the service.</summary>
    /// <param name="account">Whose data.</param>
    /// <param name="login">The login that asked; null if staff began it.</param>
    /// <param name="kind">access or portability.</param>
    public async Task OrderAsync(Guid account, Guid? login = null, string kind = ExportKinds.Access)
    {
        var now = service.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var received = new ExportReceived(Id, account, login, kind, key.Public, now);
        await service.Services.GetRequiredService<Writer>().WriteAsync(
            Id, "test", (work, ct) => work.ReceiveExportAsync(Id, received, ct), default);
    }

    /// <summary>How far the service is.</summary>
    public async Task<PersonExport?> StateAsync()
    {
        await using var session = service.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        return await session.Events.FetchLatest<PersonExport>(Id);
    }

    /// <summary>All parts as they are stored, in order.</summary>
    public async Task<IReadOnlyList<ExportPartSealed>> PartsAsync()
    {
        await using var session = service.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        var parts = await session.Events.QueryRawEventDataOnly<ExportPartSealed>()
            .Where(part => part.ExportId == Id).ToListAsync();
        return [.. parts.OrderBy(part => part.Attempt).ThenBy(part => part.Number)];
    }

    /// <summary>Waits until all is told, and opens it: of several attempts the newest.</summary>
    public async Task<IReadOnlyList<ToldHolding>> ToldAsync()
    {
        await Until.TrueAsync(async () => (await StateAsync())?.IsDone == true, "all is told", TimeSpan.FromMinutes(2));
        var parts = await PartsAsync();
        var newest = parts.Where(part => part.Attempt == parts.Max(one => one.Attempt)).ToList();
        newest.Select(part => part.Number).ShouldBe(Enumerable.Range(1, newest.Count));
        newest.Select(part => part.IsLast).ShouldBe([.. Enumerable.Repeat(false, newest.Count - 1), true]);
        return [.. newest.SelectMany(part => Lines(ExportCipher.Decrypt(part.Content, key.Public, key.Secret, PlaceOf(part))))];
    }

    /// <summary>Orders and waits.</summary>
    /// <param name="account">Whose data.</param>
    /// <param name="login">The login that asked.</param>
    /// <param name="kind">access or portability.</param>
    public async Task<IReadOnlyList<ToldHolding>> TellAsync(
        Guid account, Guid? login = null, string kind = ExportKinds.Access)
    {
        await OrderAsync(account, login, kind);
        return await ToldAsync();
    }

    private string PlaceOf(ExportPartSealed part) => ExportCipher.PlaceOf(
        Id, service.Services.GetRequiredService<ServiceDefinition>().Name, part.Attempt, part.Number);

    private static IEnumerable<ToldHolding> Lines(byte[] plain) => Encoding.UTF8.GetString(plain)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonSerializer.Deserialize(line, ToldJson.Default.ToldHolding)!);
}

/// <summary>What an export must hold.</summary>
public static class ToldExtensions
{
    /// <summary>Every field that a service declares, sealed or in clear on purpose, by its name in an export: its own, and of the
    /// libraries that it loads.</summary>
    /// <param name="service">The service.</param>
    public static IReadOnlyList<string> DeclaredBy(ServiceDefinition service)
    {
        var declared = DeclaredHere.By(service);
        return
        [
            .. declared.Sealed.Where(one => IsTold(service, one.Alias))
                .SelectMany(one => one.Fields, (one, field) => $"{one.Alias}.{field.Path}"),
            .. declared.InClear.Select(one => one.Alias),
        ];
    }

    /// <summary>Who looked is told by the register, which Privacy keeps. What an erasure looked for is there only while one is
    /// under way, of somebody who can ask for nothing any more.</summary>
    private static bool IsTold(ServiceDefinition service, string alias) =>
        (alias != OpeningDetails.Declared.Alias || service.Name == "privacy") && alias != LookedFor.Declared.Alias;

    /// <summary>The fields that are told, one way or another; those in clear by their declaration's name as well.</summary>
    /// <param name="told">The export.</param>
    public static IReadOnlyList<string> Fields(this IEnumerable<ToldHolding> told) => told
        .SelectMany(one => one.Data)
        .SelectMany(datum => new[] { datum.Field, datum.Field.Split('.')[0] })
        .Distinct(StringComparer.Ordinal)
        .ToList();

    /// <summary>The values of one field.</summary>
    /// <param name="told">The export.</param>
    /// <param name="field">The field.</param>
    public static IReadOnlyList<ToldDatum> Of(this IEnumerable<ToldHolding> told, string field) =>
        [.. told.SelectMany(one => one.Data).Where(datum => datum.Field == field)];

    /// <summary>All of it as text, to look for what must not be there.</summary>
    /// <param name="told">The export.</param>
    public static string Text(this IEnumerable<ToldHolding> told) =>
        string.Join('\n', told.Select(one => JsonSerializer.Serialize(one, ToldJson.Default.ToldHolding)));
}
