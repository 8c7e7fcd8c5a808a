using System.Globalization;
using EPerfect.Launcher;

namespace EPerfect.Benchmarks;

/// <summary>How long, how often, how much.</summary>
internal sealed record Options
{
    public IReadOnlyList<string> Scenarios { get; private init; } = [];

    public TimeSpan Turn { get; private init; } = TimeSpan.FromSeconds(5);

    public TimeSpan Minute { get; private init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long memory is watched. Four quarters.</summary>
    public int Minutes { get; private init; } = 60;

    public TimeSpan WarmUp { get; private init; } = TimeSpan.FromSeconds(30);

    public int Rounds { get; private init; } = 5;

    public int Connections { get; private init; } = 32;

    public int Customers { get; private init; } = 64;

    public long Events { get; private init; } = 10_000;

    /// <summary>Where the report goes.</summary>
    public string? Report { get; private init; }

    /// <summary>Where the platform's logs go afterwards.</summary>
    public string? Keep { get; private init; }

    public static Options Parse(IReadOnlyList<string> words)
    {
        var options = new Options();
        for (var at = 0; at < words.Count; at++)
        {
            if (!words[at].StartsWith("--", StringComparison.Ordinal))
            {
                options = options with { Scenarios = [.. options.Scenarios, words[at]] };
                continue;
            }

            var (name, value) = (
                words[at], ++at < words.Count ? words[at] : throw new LaunchException($"{words[at - 1]} needs a value."));
            options = name switch
            {
                "--seconds" => options with { Turn = TimeSpan.FromSeconds(Number(value)) },
                "--minute" => options with { Minute = TimeSpan.FromSeconds(Number(value)) },
                "--minutes" => options with { Minutes = Number(value) },
                "--warm-up" => options with { WarmUp = TimeSpan.FromSeconds(Number(value)) },
                "--rounds" => options with { Rounds = Number(value) },
                "--connections" => options with { Connections = Number(value) },
                "--customers" => options with { Customers = Number(value) },
                "--events" => options with { Events = Number(value) },
                "--report" => options with { Report = value },
                "--logs" => options with { Keep = value },
                _ => throw new LaunchException($"There is no {name}."),
            };
        }

        return options.Minutes >= 4 ? options : throw new LaunchException("Four minutes at least: quarters are compared.");
    }

    private static int Number(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new LaunchException($"{value} is not a number.");
}
