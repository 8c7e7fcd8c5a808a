using EPerfect.Operations.Asking;
using EPerfect.ServiceDefaults;

namespace EPerfect.Operations.Stories;

/// <summary>What was found, and whose part is missing.</summary>
internal sealed record Gathered(Threads Threads, IReadOnlyList<NotAnswered> NotAnswered, bool CutOff);

/// <summary>Asks all services for their part, round after round. Bounded: a story that goes on for ever says that it was
/// cut off.</summary>
internal sealed class GatherStory(AskServices services)
{
    private const int MostRounds = 8;
    private const int MostEntries = 2000;

    public async Task<Gathered> OfAsync(Guid stream, CancellationToken ct)
    {
        var threads = new Threads(stream);
        var silent = new Dictionary<string, NotAnswered>(StringComparer.Ordinal);
        var cutOff = false;
        var question = threads.First;
        for (var round = 0; question is not null; round++, question = threads.Next())
        {
            if (round == MostRounds || threads.Entries.Count > MostEntries) return new(threads, [.. silent.Values], true);
            // Who was silent once is not waited for again.
            var asked = services.All.Where(service => !silent.ContainsKey(service));
            foreach (var said in await services.GetAsync<StoredEvents>(asked, question.Path, ct))
            {
                if (said.Answer is null) silent.Add(said.Service, NotAnswered.By(said));
                else threads.Add(said.Service, said.Answer.Events);
                cutOff |= said.Answer?.More == true;
            }
        }

        return new(threads, [.. silent.Values], cutOff);
    }
}
