using System.Text.Json.Nodes;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.Accounts.Tests.Slices;

/// <summary>Accounts on a database of its own, without a broker: one for the tests of a class.</summary>
public sealed class AccountsService(PostgresServer postgres) : IAsyncLifetime
{
    private static int people;

    public TestService Running { get; private set; } = null!;

    /// <summary>Talks as the person who opened the account that is spoken of.</summary>
    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Running = await TestService.StartAsync(AccountsModule.Define(), postgres);
        Client = TheOwner.Of(Running);
    }

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return Running.DisposeAsync();
    }

    public T Get<T>()
        where T : class => Running.Services.GetRequiredService<T>();

    public static string NewEmail() => $"person-{Interlocked.Increment(ref people)}@canary.example";

    /// <summary>A body that is right in every field; a test breaks one.</summary>
    public static JsonObject Body(string? email = null) => new()
    {
        ["kind"] = "customer",
        ["name"] = "Ann Canary",
        ["email"] = email ?? NewEmail(),
        ["phone"] = "+12025550123",
        ["address"] = Address(),
        ["acceptedPolicySet"] = 1,
    };

    public static JsonObject Profile(string? email = null)
    {
        var body = Body(email);
        body.Remove("kind");
        body.Remove("acceptedPolicySet");
        return body;
    }

    public static JsonObject Billing() => new()
    {
        ["paymentMethodToken"] = "tok_visa_ok",
        ["brand"] = "visa",
        ["lastFour"] = "4242",
        ["expiry"] = "2099-12",
        ["billingAddress"] = Address(),
    };

    public static JsonObject Address() => new()
    {
        ["street"] = new JsonArray("12 Canary Lane"),
        ["city"] = "Tallinn",
        ["postalCode"] = "10111",
        ["country"] = "EE",
    };

    /// <summary>Opens an account as the person whose address it is, and returns its path.</summary>
    public async Task<string> OpenAsync(string? email = null)
    {
        var answer = await Running.OpenAsync(Body(email));
        ((int)answer.StatusCode).ShouldBe(201, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!.OriginalString;
    }

    public static Guid IdOf(string path) => Guid.Parse(path.Split('/')[^1]);

    /// <summary>Asks the database behind the service's back.</summary>
    public async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(Running.Database.Admin);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
