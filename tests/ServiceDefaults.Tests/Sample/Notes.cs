using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EPerfect.ServiceDefaults.Tests.Sample;

public sealed record NoteWritten(Guid NoteId, Guid AccountId, int Length);

public sealed record NoteSigned(string By);

public sealed record Note(Guid Id, Guid AccountId, int Length) : IOwned
{
    Guid? IOwned.AccountId => AccountId;

    public static Note Create(NoteWritten e) => new(e.NoteId, e.AccountId, e.Length);

    public Note Apply(NoteSigned _) => this;
}

public sealed record WriteNoteRequest(Guid AccountId, int Length);

/// <summary>A service whose things belong to accounts.</summary>
public static class Notes
{
    public static ServiceDefinition Define() => new ServiceDefinition("orders").KeptForTheTest()
        .Event<NoteWritten>("note_written")
        .Event<NoteSigned>("note_signed")
        .Stream<Note>()
        .Endpoints(Endpoints);

    /// <summary>A service with an endpoint that does not say who may use it.</summary>
    public static ServiceDefinition Careless() => Define().Endpoints(routes => routes.MapGet("/api/secret", () => "secret"));

    /// <summary>A service with a list for members that does not say of which account.</summary>
    public static ServiceDefinition Forgetful() => Define().Endpoints(routes => routes
        .MapGet("/api/everybodys", (Guid customerId) => customerId)
        .Allow(Access.Of(MemberRole.Owner)));

    private static void Endpoints(IEndpointRouteBuilder routes)
    {
        var notes = routes.MapGroup("/api/notes");
        notes.MapPost("/", WriteAsync).Allow(Access.Of(MemberRole.Owner | MemberRole.Client));
        notes.MapPut("/{id:guid}/signature", SignAsync).Allow(Access.Of(MemberRole.Owner, StaffRole.Support));
        notes.MapGet("/{id:guid}", ReadAsync).Allow(Access.Of(MemberRole.Owner | MemberRole.Technical, StaffRole.Support));
        notes.MapGet("/of/{accountId:guid}", (Guid accountId) => accountId).Allow(Access.Of(MemberRole.Owner));
        notes.MapGet("/me", (Caller caller) => caller.Actor).Allow(Access.SignedIn);
        notes.MapGet("/staff", () => "staff").Allow(Access.Of(StaffRole.Operator | StaffRole.Legal));
        notes.MapPut("/signals/{accountId:guid}", (Guid accountId) => Results.NoContent()).Allow(Access.OwnSignal);
        notes.MapGet("/public", () => "public").Allow(Access.Anyone);
    }

    private static Task<IResult> WriteAsync(WriteNoteRequest request, Commands commands, CancellationToken token)
    {
        var id = Guid.CreateVersion7();
        return commands.CreateAsync<Note>(
            id,
            request.AccountId,
            (_, _) => Task.FromResult(Decision.Of(new NoteWritten(id, request.AccountId, request.Length))),
            cancellationToken: token);
    }

    private static Task<IResult> SignAsync(Guid id, Commands commands, Caller caller, CancellationToken token)
    {
        var by = caller.Actor;
        return commands.ChangeAsync<Note>(id, _ => Decision.Of(new NoteSigned(by)), token);
    }

    private static Task<IResult> ReadAsync(Guid id, Reader reader, CancellationToken token) =>
        reader.OneAsync<Note>(id, note => note, token);
}
