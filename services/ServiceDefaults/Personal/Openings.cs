using EPerfect.PersonalData;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Opens sealed data for who makes the request. What is the caller's own just opens: what is sealed for the caller's login,
/// or for an account that the caller owns, or whose API client the caller is. All else is first put on record (who, in
/// which role, which groups, what for and on what ground); what cannot be recorded is not opened.
/// </summary>
public sealed class Openings(Vault vault, Writer writer, Caller caller, IHttpContextAccessor accessor, TimeProvider clock)
{
    private const string Recorder = "openings";

    /// <summary>Opens one value.</summary>
    /// <typeparam name="T">The personal data inside.</typeparam>
    /// <param name="accountId">The account that the value belongs to.</param>
    /// <param name="value">The sealed value.</param>
    /// <param name="cancellationToken">The client went away.</param>
    /// <exception cref="RefusedException">Staff, without a ground.</exception>
    public async Task<Opened<T>> OpenAsync<T>(Guid accountId, Sealed<T> value, CancellationToken cancellationToken)
        where T : IPersonalData
    {
        var opening = await BeginAsync(accountId, [value], cancellationToken);
        return await opening.OpenAsync(value, cancellationToken);
    }

    /// <summary>Begins to open several values, under one entry.</summary>
    /// <param name="accountId">The account that the values belong to.</param>
    /// <param name="values">All that will be opened; what is missing is left out.</param>
    /// <param name="cancellationToken">The client went away.</param>
    /// <returns>Opens these values, and no others.</returns>
    /// <exception cref="RefusedException">Staff, without a ground.</exception>
    public async Task<Opening> BeginAsync(
        Guid accountId, IEnumerable<ISealed?> values, CancellationToken cancellationToken)
    {
        var http = accessor.HttpContext!;
        if (http.GetEndpoint()?.Metadata.GetMetadata<OpensPersonalData>() is null)
            throw new InvalidOperationException("This endpoint opens personal data and does not say so.");
        var wanted = values.OfType<ISealed>().ToHashSet();
        var foreign = wanted.Where(value => !IsOwn(accountId, value.Subject)).ToList();
        var entry = foreign.Count > 0 ? Of(http, accountId, foreign) : null;
        if (entry is not null) await RecordAsync(accountId, entry, cancellationToken);
        return new Opening(vault, wanted.ToDictionary(
            value => value,
            value => entry is not null && foreign.Contains(value)
                ? OpeningGround.ExceptionOf(entry.Purpose)
                // Who reads the own data has asked for it.
                : RestrictionException.ConsentOfThePerson));
    }

    private bool IsOwn(Guid accountId, Guid subject) =>
        subject == caller.UserId || (subject == accountId && caller.IsThePersonOf(accountId));

    private OpeningDetails Of(HttpContext http, Guid accountId, IEnumerable<ISealed> values)
    {
        var role = caller.RoleFor(accountId);
        var why = role.IsStaff ? OpeningGround.OfStaff(http.Request.Headers) : OpeningGround.OfMember(role.Name);
        return new OpeningDetails(
            caller.Actor,
            role.IsStaff ? $"staff/{role.Name}" : role.Name,
            OpeningRecord.GroupsOf(values),
            why.Purpose,
            why.Ground,
            ResourceOf(http));
    }

    private async Task RecordAsync(Guid accountId, OpeningDetails details, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var opened = await OpeningRecord.OfAsync(vault, id, accountId, details, now, cancellationToken);
        await writer.WriteAsync(
            id,
            // Who it was stands in the details, and nowhere else.
            Recorder,
            (work, _) =>
            {
                work.Start<PersonalDataOpened>(id, opened);
                return Task.FromResult(Decision.Nothing);
            },
            cancellationToken);
    }

    /// <summary>Only what is an id: an address may hold a domain's name, and that a person's.</summary>
    private static string ResourceOf(HttpContext http)
    {
        var operation = http.GetEndpoint()!.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? "unnamed";
        var ids = http.Request.RouteValues.Values.OfType<string>().Where(value => Guid.TryParse(value, out _));
        return string.Join('/', ids.Prepend(operation));
    }
}
