namespace EPerfect.Operations.Asking;

/// <summary>What a service said.</summary>
/// <param name="Service">Which.</param>
/// <param name="Status">The status of its answer; null if none came in time.</param>
/// <param name="Answer">Its answer, if it gave what was asked for.</param>
internal sealed record Said<T>(string Service, int? Status, T? Answer)
    where T : class;

/// <summary>A service whose part is missing.</summary>
/// <param name="Service">Which.</param>
/// <param name="Why"><c>no-answer</c>: none in time. <c>refused</c>: the token does not suffice there.</param>
internal sealed record NotAnswered(string Service, string Why)
{
    public static NotAnswered By<T>(Said<T> said)
        where T : class => new(said.Service, said.Status is 401 or 403 ? "refused" : "no-answer");
}
