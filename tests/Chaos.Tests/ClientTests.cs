using System.Net;
using System.Net.Http.Json;

namespace EPerfect.Chaos.Tests;

/// <summary>The clients of a run insist on an answer, and complain of what a good command must never be answered.</summary>
public sealed class ClientTests : IDisposable
{
    private static readonly Command PlaceOrder =
        new("place-order", HttpMethod.Post, "/api/orders", null, "orders", "order_placed");

    private readonly string file = Path.GetTempFileName();
    private readonly Random random = new(1);
    private readonly Notebook notebook;

    public ClientTests() => notebook = new Notebook(file);

    [Fact]
    public async Task A_fault_of_the_server_is_a_violation_even_if_the_next_attempt_succeeds()
    {
        var server = new Server(attempt => attempt == 1
            ? new(HttpStatusCode.InternalServerError)
            : Created(Guid.Empty));

        await SendAsync(server, PlaceOrder);

        notebook.Acknowledged.ShouldBe(1);
        notebook.Broken.ShouldHaveSingleItem().Rule.ShouldBe("server-error");
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.GatewayTimeout)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task To_be_put_off_is_none(HttpStatusCode status)
    {
        var server = new Server(attempt => attempt == 1 ? new(status) : Created(Guid.Empty));

        await SendAsync(server, PlaceOrder);

        notebook.Acknowledged.ShouldBe(1);
        notebook.Broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_answer_under_the_same_key_is_a_violation()
    {
        var server = new Server(_ => Created(Guid.CreateVersion7()));

        for (var each = 0; each < 40; each++) await SendAsync(server, PlaceOrder); // asked again one time in four

        notebook.Broken.ShouldNotBeEmpty();
        notebook.Broken.ShouldAllBe(violation => violation.Rule == "same-key-same-answer");
    }

    [Fact]
    public async Task The_same_answer_under_the_same_key_is_none()
    {
        var server = new Server(_ => Created(Guid.Empty));

        for (var each = 0; each < 40; each++) await SendAsync(server, PlaceOrder);

        server.Requests.ShouldBeGreaterThan(40);
        notebook.Broken.ShouldBeEmpty();
    }

    public void Dispose()
    {
        notebook.Dispose();
        File.Delete(file);
    }

    private async Task SendAsync(Server server, Command command)
    {
        using var client = new Client(
            new HttpClient(server, disposeHandler: false) { BaseAddress = new Uri("http://localhost") }, notebook, random);
        await client.SendAsync(command);
    }

    private static HttpResponseMessage Created(Guid id) =>
        new(HttpStatusCode.Created) { Content = JsonContent.Create(new { id = $"{id}" }) };

    private sealed class Server(Func<int, HttpResponseMessage> answer) : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answer(++Requests));
    }
}
