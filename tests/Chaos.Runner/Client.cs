using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EPerfect.Chaos.Checker;

namespace EPerfect.Chaos;

/// <summary>One command as a client sends it.</summary>
/// <param name="Name">Such as <c>place-order</c>.</param>
/// <param name="Method">POST or PUT.</param>
/// <param name="Path">Where to.</param>
/// <param name="Body">What.</param>
/// <param name="Service">Whose store has it then.</param>
/// <param name="Event">As what.</param>
/// <param name="Stream">In which stream; null if it is created.</param>
internal sealed record Command(
    string Name, HttpMethod Method, string Path, object? Body, string Service, string Event, string? Stream = null);

/// <summary>Sends commands as a careful client does: what got no answer is sent again under the same key until there is one.
/// Notes what it knows.</summary>
internal sealed class Client(HttpClient http, Notebook notebook, Random random) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Sends it, and now and then once more when it has been done: the answer must be the same.</summary>
    /// <returns>The answer; null if it was refused, or is unknown.</returns>
    public async Task<JsonObject?> SendAsync(Command command)
    {
        var key = $"chaos-{Guid.CreateVersion7():N}";
        var (answer, attempts) = await InsistAsync(command, key);
        var noted = new Noted(
            DateTimeOffset.UtcNow, command.Name, key, command.Service, command.Stream ?? IdOf(answer), command.Event,
            answer?.Version, OutcomeOf(answer), attempts, answer is null ? "none" : $"{(int)answer.Status} {answer.Code}");
        notebook.Note(noted);
        if (answer is not { IsDone: true }) return null;
        if (random.Next(4) == 0)
        {
            var (again, _) = await InsistAsync(command, key);
            if (again is { } other && (IdOf(other), other.Version, other.Status) != (IdOf(answer), answer.Version, answer.Status))
            {
                notebook.Complain(new Violation("same-key-same-answer", $"{command.Name} {key}", $"{answer} and then {other}"));
            }
        }

        return answer.Body ?? [];
    }

    /// <summary>Reads, until there is an answer.</summary>
    public async Task<JsonObject?> ReadAsync(string path)
    {
        var (answer, _) = await InsistAsync(new Command("read", HttpMethod.Get, path, null, "", ""), key: null);
        return answer is { IsDone: true } ? answer.Body : null;
    }

    public void Dispose() => http.Dispose();

    private static string? IdOf(Answer? answer) => answer?.Body?["id"]?.GetValue<string>();

    private static Outcome OutcomeOf(Answer? answer) =>
        answer is null ? Outcome.Unknown : answer.IsDone ? Outcome.Acknowledged : Outcome.Refused;

    private async Task<(Answer? Answer, int Attempts)> InsistAsync(Command command, string? key)
    {
        var end = DateTime.UtcNow + Patience;
        for (var attempt = 1; ; attempt++)
        {
            if (await TryAsync(command, key) is { } answer) return (answer, attempt);
            if (DateTime.UtcNow > end) return (null, attempt);
            await Task.Delay(TimeSpan.FromMilliseconds(200 + random.Next(400)));
        }
    }

    private async Task<Answer?> TryAsync(Command command, string? key)
    {
        using var request = new HttpRequestMessage(command.Method, command.Path);
        if (command.Body is { } body) request.Content = JsonContent.Create(body, body.GetType());
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        try
        {
            using var response = await http.SendAsync(request);
            var answer = await Answer.ReadAsync(response);
            // Whatever breaks: a request that was good is never answered by a fault of ours.
            if (response.StatusCode is HttpStatusCode.InternalServerError)
                notebook.Complain(new Violation(
                    "server-error", $"{command.Method} {command.Path}", answer.Body?.ToJsonString() ?? ""));
            return (int)response.StatusCode is >= 500 or 429 or 408 ? null : answer;
        }
        catch (Exception lost) when (lost is HttpRequestException or OperationCanceledException or IOException)
        {
            return null; // whether it was done is not known, which is what the key is for
        }
    }

    private sealed record Answer(HttpStatusCode Status, long? Version, JsonObject? Body)
    {
        public bool IsDone => (int)Status is >= 200 and < 300;

        public string Code => Body?["code"]?.GetValue<string>() ?? "";

        public static async Task<Answer> ReadAsync(HttpResponseMessage response)
        {
            var text = await response.Content.ReadAsStringAsync();
            var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) ?? false;
            var version = long.TryParse(
                response.Headers.ETag?.Tag.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var tag)
                ? tag
                : (long?)null;
            return new(response.StatusCode, version, isJson && text.Length > 0 ? JsonNode.Parse(text) as JsonObject : null);
        }
    }
}
