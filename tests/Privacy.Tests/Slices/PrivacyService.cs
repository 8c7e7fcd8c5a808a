using System.Text.Json.Nodes;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Privacy.Tests.Slices;

/// <summary>Privacy on a database of its own, without a broker: one for the tests of a class.</summary>
public sealed class PrivacyService(PostgresServer postgres) : IAsyncLifetime
{
    public TestService Running { get; private set; } = null!;

    public HttpClient Client => Running.Client;

    public async ValueTask InitializeAsync() =>
        Running = await TestService.StartAsync(PrivacyModule.Define(), postgres);

    public ValueTask DisposeAsync() => Running.DisposeAsync();

    public T Get<T>()
        where T : class => Running.Services.GetRequiredService<T>();

    public static string NewPerson() => $"/api/privacy/people/{Guid.CreateVersion7()}";

    public async Task<JsonObject> ReadAsync(string path) => await (await Client.GetAsync(path)).JsonAsync();
}
