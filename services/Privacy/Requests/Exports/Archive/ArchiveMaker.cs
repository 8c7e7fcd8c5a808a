using System.IO.Compression;
using System.Text;
using System.Text.Json;
using EPerfect.Privacy.Register;
using EPerfect.Privacy.Signing;
using EPerfect.Privacy.Withholding;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Exports.Archive;

/// <summary>
/// Writes the archive as it is fetched: a file for each service, the openings and disclosures, what is left out and why, a
/// page for reading, and last the signed list of all these. It is nowhere at rest.
/// </summary>
internal sealed class ArchiveMaker(
    PartReader parts, IDisclosures disclosures, Withholdings withholdings, Signer signer, TimeProvider time)
{
    public async Task WriteAsync(Export export, ExportSecret secret, Stream to, CancellationToken ct)
    {
        var counts = new Counts();
        var isAccess = export.Granted.Kind == ExportKinds.Access;
        await using var zip = await ZipArchive.CreateAsync(
            to, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
        var files = new ArchiveFiles(zip);
        foreach (var service in Export.Services)
        {
            var told = Counted(parts.OfAsync(export, secret, service, ct), counts).Where(one => !IsOpening(one));
            await files.AddAsync($"data/{service}.json", file => ListAsync(file, told, ct), ct);
        }

        // Not when the parts were made: what may be told is decided as it is told.
        var withheld = await withholdings.OfAsync(export.Granted.AccountId, ct);
        var all = parts.OfAsync(export, secret, "privacy", ct).Where(IsOpening);
        var openings = all.Where(one => UntilOf(one, withheld) is null);
        var disclosed = disclosures.OfAsync(export.Granted.AccountId, ct);
        if (isAccess)
        {
            await foreach (var one in all.WithCancellation(ct)) counts.AddUntold(UntilOf(one, withheld));
            await files.AddAsync("openings.json", file => ListAsync(file, openings, ct), ct);
            await files.AddAsync("disclosures.json", file => ListAsync(file, disclosed, ct), ct);
        }

        var about = About.Of(export, counts);
        await files.AddAsync("about.json", file => JsonSerializer.SerializeAsync(file, about, Manifest.Json, ct), ct);
        if (isAccess)
        {
            await files.AddAsync(
                "index.html", file => PageAsync(file, export, secret, about, openings, disclosed, ct), ct);
        }

        var manifest = Manifest.Of(export, files.Listed, counts.ByLaw, time.GetUtcNow());
        var signed = await signer.SignAsync(JsonSerializer.Serialize(manifest, Manifest.Json), Manifest.Type, ct);
        await files.AddAsync(
            Manifest.FileName, file => file.WriteAsync(Encoding.ASCII.GetBytes(signed), ct).AsTask(), ct);
    }

    private static bool IsOpening(ToldHolding told) => told.Source == RegisterModule.OpeningRecordedAs;

    /// <summary>Until when law forbids to tell of an opening; null if it does not.</summary>
    private static DateTimeOffset? UntilOf(ToldHolding told, WithheldNow withheld) =>
        withheld.Until(ValueOf(told, "purpose"), ValueOf(told, "ground"));

    private static string? ValueOf(ToldHolding told, string field) =>
        (string?)told.Data.FirstOrDefault(datum => datum.Field == $"{OpeningDetails.Declared.Alias}.{field}")?.Value;

    private static async IAsyncEnumerable<ToldHolding> Counted(IAsyncEnumerable<ToldHolding> all, Counts counts)
    {
        await foreach (var told in all)
        {
            counts.Add(told);
            yield return told;
        }
    }

    /// <summary>A JSON list, one item a line, without holding it.</summary>
    private static async Task ListAsync<T>(Stream file, IAsyncEnumerable<T> items, CancellationToken ct)
    {
        var isFirst = true;
        await file.WriteAsync("["u8.ToArray(), ct);
        await foreach (var item in items.WithCancellation(ct))
        {
            await file.WriteAsync(isFirst ? "\n"u8.ToArray() : ",\n"u8.ToArray(), ct);
            await JsonSerializer.SerializeAsync(file, item, Manifest.Json, ct);
            isFirst = false;
        }

        await file.WriteAsync("\n]\n"u8.ToArray(), ct);
    }

    private async Task PageAsync(
        Stream file,
        Export export,
        ExportSecret secret,
        About about,
        IAsyncEnumerable<ToldHolding> openings,
        IAsyncEnumerable<Disclosure> disclosed,
        CancellationToken ct)
    {
        await using var writer = new StreamWriter(file, new UTF8Encoding(false), leaveOpen: true);
        var page = new ReadablePage(writer);
        await page.BeginAsync(about);
        foreach (var service in Export.Services)
            await page.ServiceAsync(service, parts.OfAsync(export, secret, service, ct).Where(one => !IsOpening(one)));
        await page.OpeningsAsync(openings);
        await page.DisclosuresAsync(disclosed);
        await page.EndAsync(about);
    }
}
