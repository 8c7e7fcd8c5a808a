using EPerfect.PersonalData;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace EPerfect.ServiceDefaults.Tests.Sample;

public sealed record LetterWritten(Guid Id, Guid AccountId, Sealed<LetterText> Text, Sealed<LetterAddress> To);

public sealed record LetterText([Datum(DataCategory.Content, "what it says")] string Text) : IPersonalData
{
    public static Declaration Declared { get; } =
        new("letter-text", DataGroup.Communications, "to keep letters", "contract", RetentionRules.ClosedAccount);
}

public sealed record LetterAddress([Datum(DataCategory.PostalAddress, "where it goes")] string Address) : IPersonalData
{
    public static Declaration Declared { get; } =
        new("letter-address", DataGroup.Contact, "to send letters", "contract", RetentionRules.ClosedAccount);
}

/// <summary>A letter: its text is the account's, its address somebody else's.</summary>
public sealed record Letter(Guid Id, Guid AccountId, Sealed<LetterText> Text, Sealed<LetterAddress> To) : IOwned
{
    Guid? IOwned.AccountId => AccountId;

    public static Letter Create(LetterWritten e) => new(e.Id, e.AccountId, e.Text, e.To);
}

/// <summary>A service that keeps letters, sealed, and shows them.</summary>
public static class Letters
{
    public static ServiceDefinition Define() => new ServiceDefinition("orders").KeptForTheTest()
        .Event<LetterWritten>("letter_written")
        .Stream<Letter>()
        .Endpoints(routes =>
        {
            routes.MapGet("/api/letters/{id:guid}", ReadAsync).WithName("ReadLetter").Opens()
                .Allow(Access.Of(MemberRole.Any, StaffRole.Support | StaffRole.Legal));
            routes.MapGet("/api/letters/{id:guid}/whole", ReadWholeAsync).WithName("ReadWholeLetter").Opens()
                .Allow(Access.Of(MemberRole.Owner, StaffRole.Support));
            routes.MapGet("/api/letters/{id:guid}/silently", ReadAsync)
                .Allow(Access.Of(MemberRole.Owner, StaffRole.Support));
        });

    private static Task<IResult> ReadAsync(Guid id, Reader reader, Openings openings, CancellationToken token) =>
        reader.OneAsync<Letter>(
            id, async (letter, ct) => Show(await openings.OpenAsync(letter.AccountId, letter.Text, ct)), token);

    private static Task<IResult> ReadWholeAsync(Guid id, Reader reader, Openings openings, CancellationToken token) =>
        reader.OneAsync<Letter>(
            id,
            async (letter, ct) =>
            {
                var opening = await openings.BeginAsync(letter.AccountId, [letter.Text, letter.To, null], ct);
                await opening.OpenAsync(letter.To, ct);
                return Show(await opening.OpenAsync(letter.Text, ct));
            },
            token);

    private static IResult Show(Opened<LetterText> opened) =>
        opened is Opened<LetterText>.Clear(var text) ? Results.Ok(new { text = text.Text }) : Results.StatusCode(410);
}
