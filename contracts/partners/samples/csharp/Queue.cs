#:package RabbitMQ.Client@7.2.2
// Takes the feed from a queue of its own at the broker: CloudEvents in binary mode.
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

using var http = new HttpClient(new Patient())
{
    BaseAddress = new Uri(Environment.GetEnvironmentVariable("EPERFECT")!),
    Timeout = Timeout.InfiniteTimeSpan,
};
var token = await AskAsync("/connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
{
    ["grant_type"] = "client_credentials",
    ["client_id"] = Environment.GetEnvironmentVariable("CLIENT_ID")!,
    ["client_secret"] = Environment.GetEnvironmentVariable("CLIENT_SECRET")!,
    ["scope"] = "partner:feed",
}));
http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"{token["access_token"]}");
// The password is shown once, and each asking makes a new one: keep it. What lies in the queue stays there.
var at = await AskAsync("/api/partners/queue", JsonContent.Create(new { }));

await using var connection = await new ConnectionFactory
{
    HostName = $"{at["host"]}",
    Port = at["port"]!.GetValue<int>(),
    VirtualHost = $"{at["virtualHost"]}",
    UserName = $"{at["user"]}",
    Password = $"{at["password"]}",
    Ssl = { Enabled = at["tls"]!.GetValue<bool>(), ServerName = $"{at["host"]}" },
}.CreateConnectionAsync();
await using var channel = await connection.CreateChannelAsync();
await channel.BasicQosAsync(0, prefetchCount: 50, global: false);
var consumer = new AsyncEventingBasicConsumer(channel);
consumer.ReceivedAsync += async (_, message) =>
{
    string Told(string name) => Encoding.UTF8.GetString((byte[])message.BasicProperties.Headers![$"cloudEvents:{name}"]!);
    Console.WriteLine($"{Told("position")} {Told("type")} {Told("id")} {Encoding.UTF8.GetString(message.Body.Span)}");
    await channel.BasicAckAsync(message.DeliveryTag, multiple: false); // after what the event asks for
};
await channel.BasicConsumeAsync($"{at["queue"]}", autoAck: false, consumer);
Console.Error.WriteLine("Waiting. What another program took before does not come again; a test event comes at once.");
await Task.Delay(Timeout.Infinite);

async Task<JsonNode> AskAsync(string path, HttpContent content)
{
    using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
    request.Headers.Add("Idempotency-Key", $"{Guid.NewGuid()}");
    var answer = await http.SendAsync(request);
    var told = await answer.Content.ReadAsStringAsync();
    // A refusal is an RFC 9457 problem: its code is stable, its detail is for people.
    return answer.IsSuccessStatusCode ? JsonNode.Parse(told)! : throw new InvalidOperationException(told);
}
