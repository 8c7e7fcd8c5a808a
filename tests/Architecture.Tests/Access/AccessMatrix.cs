using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.IdentityModel.JsonWebTokens;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace EPerfect.Architecture.Tests;

/// <summary>Every operation of every description, asked by everybody, against the approved table beside this file.</summary>
public sealed class AccessMatrix(PostgresServer postgres)
{
    private static readonly string Approved = Path.Combine(
        Source.Root, "tests", "Architecture.Tests", "Access", "access-matrix.md");

    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch"];

    [Fact, Control("S9", "M4")]
    public async Task Everybody_gets_what_the_approved_table_says_and_nothing_else()
    {
        var table = new StringBuilder("""
            # Who may do what

            What each caller is answered: `yes`, or the status of the refusal. 404: exactly as if it did not exist.
            Each thing belongs to the account of which owner, billing, technical and API client are members.

            """);
        foreach (var (definition, _) in Modules.Services)
        {
            await using var service = await TestService.StartAsync(definition, postgres);
            if (definition.Name == "accounts") await service.AppointAllAsync();
            await AppendAsync(table, definition.Name, service, Operations.All);
        }

        await using (var operators = await OperatorsDoor.StartAsync(postgres))
            await AppendAsync(table, "operations", operators.Door, operators.Calls);

        var rendered = table.ToString();
        var approved = File.Exists(Approved) ? await File.ReadAllTextAsync(Approved) : "";
        if (approved != rendered) await File.WriteAllTextAsync(Path.ChangeExtension(Approved, ".received.md"), rendered);
        approved.ShouldBe(rendered, "look at Access/access-matrix.received.md: what differs is a right given or taken");
    }

    private static async Task AppendAsync(
        StringBuilder table,
        string name,
        TestService service,
        IReadOnlyDictionary<string, Func<TestService, Guid, Task<Call>>> calls)
    {
        table.AppendLine().Append("## ").AppendLine(name).AppendLine();
        var callers = Callers.All;
        table.Append("| operation |").AppendJoin('|', callers.Select(caller => $" {caller.Name} ")).AppendLine("|");
        table.Append("|---|").AppendJoin('|', callers.Select(_ => "---")).AppendLine("|");
        foreach (var (method, path, id) in await OperationsOfAsync(service))
        {
            calls.Keys.ShouldContain(id, $"{method} {path} needs a right request in Operations.cs");
            var cells = new List<string>();
            foreach (var (_, token) in callers)
            {
                var account = Guid.CreateVersion7();
                var call = await calls[id](service, account);
                var shown = token(service.Issuer, account, name);
                if (call.Address is { } address && shown is not null)
                    await service.SignUpAsync(Guid.Parse(new JsonWebToken(shown).Subject), address);
                using var client = service.As(shown);
                cells.Add(await AskAsync(client, method, call));
            }

            table.Append($"| `{method.ToUpperInvariant()} {path}` | ").AppendJoin(" | ", cells).AppendLine(" |");
        }
    }

    private static async Task<string> AskAsync(HttpClient client, string method, Call call)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), call.Path);
        if (call.Body is not null) request.Content = JsonContent.Create(call.Body);
        // Whoever looks at another's data says why; from those whose own it is, nobody takes notice of it.
        request.Headers.Add(OpeningGround.PurposeHeader, "support");
        request.Headers.Add(OpeningGround.GroundHeader, "ticket:1");
        if (method == "post") request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        using var answer = await client.SendAsync(request);
        var status = (int)answer.StatusCode;
        status.ShouldBeLessThan(500, $"{method} {call.Path}: {await answer.Content.ReadAsStringAsync()}");
        return status switch
        {
            401 or 403 or 404 => $"{status}",
            // Whoever is let in is served: a request that is refused for another reason would show nothing.
            < 300 or 409 => "yes",
            _ => $"{status} {await answer.ProblemCodeAsync()}",
        };
    }

    private static async Task<IEnumerable<(string Method, string Path, string Id)>> OperationsOfAsync(TestService service)
    {
        var description = JsonNode.Parse(await service.Client.GetStringAsync("/openapi/v1.json"))!;
        return description["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject()
                .Where(operation => Methods.Contains(operation.Key, StringComparer.Ordinal))
                .Select(operation => (operation.Key, path.Key, operation.Value!["operationId"]!.GetValue<string>())))
            .OrderBy(operation => (operation.Item2, operation.Item1));
    }
}
