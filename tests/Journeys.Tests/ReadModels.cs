using EPerfect.Testing;

namespace EPerfect.Journeys.Tests;

/// <summary>What each service derives from its events, and in which tables it is.</summary>
internal sealed class ReadModels(RunningPlatform platform, Databases databases)
{
    private static readonly Dictionary<string, Dictionary<string, string[]>> All = new(StringComparer.Ordinal)
    {
        ["accounts"] = new(StringComparer.Ordinal)
        {
            ["KnownErasure"] = ["mt_doc_knownerasure"], ["PartnerClient"] = ["mt_doc_partnerclient"],
            ["PersonHold"] = ["mt_doc_personhold"], ["PersonRestriction"] = ["mt_doc_personrestriction"],
            ["deadlines"] = ["deadlines"], ["stopped_effects"] = ["stopped_effects"],
        },
        ["domains"] = new(StringComparer.Ordinal)
        {
            ["KnownErasure"] = ["mt_doc_knownerasure"], ["RegisteredDomain"] = ["mt_doc_registereddomain"],
            ["ContactLine"] = ["mt_doc_contactline"],
            ["PersonHold"] = ["mt_doc_personhold"], ["PersonRestriction"] = ["mt_doc_personrestriction"],
            ["deadlines"] = ["deadlines"], ["stopped_effects"] = ["stopped_effects"],
        },
        ["orders"] = new(StringComparer.Ordinal)
        {
            ["KnownErasure"] = ["mt_doc_knownerasure"], ["OrderSummary"] = ["mt_doc_ordersummary"],
            ["PersonHold"] = ["mt_doc_personhold"], ["PersonRestriction"] = ["mt_doc_personrestriction"],
            ["deadlines"] = ["deadlines"], ["stopped_effects"] = ["stopped_effects"],
        },
        ["privacy"] = new(StringComparer.Ordinal)
        {
            ["KnownErasure"] = ["mt_doc_knownerasure"], ["PartnerLine"] = ["mt_doc_partnerline"],
            ["RequestLine"] = ["mt_doc_requestline"],
            ["LegalHoldOfPerson"] = ["mt_doc_legalholdofperson"], ["WithheldOpenings"] = ["mt_doc_withheldopenings"],
            ["PersonHold"] = ["mt_doc_personhold"], ["PersonRestriction"] = ["mt_doc_personrestriction"],
            ["UnansweredErasure"] = ["mt_doc_unanswerederasure"],
            ["unanswered_corrections"] = ["unanswered_corrections"],
            ["deadlines"] = ["deadlines"], ["stopped_effects"] = ["stopped_effects"],
            ["register"] = ["register_checkpoints", "register_leaves", "register_nodes"],
        },
    };

    /// <summary>Dropped and made anew from the events, with the services down: each row is what it was.</summary>
    public async Task AreRebuiltEqualAsync()
    {
        foreach (var (service, projections) in All)
        {
            await platform.StopAsync(service);
            var (code, names) = await platform.RunAsync(service, "projections");
            code.ShouldBe(0, names);
            names.TrimEnd().ShouldBe(
                string.Join('\n', projections.Keys.Order(StringComparer.Ordinal)),
                $"{service}: what is new must be looked at here too");
            string[] tables = [.. projections.Values.SelectMany(each => each)];
            var before = await RowsAsync(service, tables);
            before.ShouldNotBeEmpty(service);
            foreach (var table in tables) await databases.ExecuteAsync(service, $"delete from store.{table}");

            var (rebuilt, output) = await platform.RunAsync(service, "projections", "rebuild");

            rebuilt.ShouldBe(0, output);
            (await RowsAsync(service, tables)).ShouldBe(before, service);
        }

        await Task.WhenAll(All.Keys.Select(service => platform.StartAgainAsync(service, TestContext.Current.CancellationToken)));
    }

    /// <summary>All columns, but when and by which program a row was written.</summary>
    private async Task<string[]> RowsAsync(string service, string[] tables)
    {
        var rows = new List<string>();
        foreach (var table in tables)
        {
            rows.AddRange(await databases.RowsAsync(service, $$"""
                select '{{table}} ' || (to_jsonb(t) - '{mt_last_modified,mt_version,mt_dotnet_type,claimed_until}'::text[])::text
                from store.{{table}} t order by 1
                """));
        }

        return [.. rows];
    }
}
