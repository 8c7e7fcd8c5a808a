using System.Globalization;
using EPerfect.Launcher.Running;

namespace EPerfect.Launcher.Commands;

/// <summary>What stands on the command line after the command.</summary>
internal sealed record Arguments
{
    public bool Help { get; private init; }

    public bool Detach { get; private init; }

    public bool Demo { get; private init; }

    public bool Services { get; private init; }

    public bool Yes { get; private init; }

    public Dictionary<string, int> Instances { get; } = new(StringComparer.Ordinal);

    public List<string> Rest { get; } = [];

    public static Arguments Parse(IReadOnlyList<string> words, params IReadOnlyList<string> known)
    {
        var parsed = new Arguments();
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (word.StartsWith('-') && word is not ("--help" or "-h") && !known.Contains(word, StringComparer.Ordinal))
                throw new LaunchException($"Unknown option {word}; --help tells which there are");
            switch (word)
            {
                case "--help" or "-h":
                    parsed = parsed with { Help = true };
                    break;
                case "--detach":
                    parsed = parsed with { Detach = true };
                    break;
                case "--demo":
                    parsed = parsed with { Demo = true };
                    break;
                case "--services":
                    parsed = parsed with { Services = true };
                    break;
                case "--yes":
                    parsed = parsed with { Yes = true };
                    break;
                case "--instances":
                    AddInstances(parsed.Instances, ++i < words.Count ? words[i] : "");
                    break;
                default:
                    parsed.Rest.Add(word);
                    break;
            }
        }

        return parsed;
    }

    private static void AddInstances(Dictionary<string, int> instances, string text)
    {
        if (text.Split('=') is not [var service, var number] ||
            !Platform.Scalable.Contains(service, StringComparer.Ordinal) ||
            !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ||
            count is < 1 or > 9)
            throw new LaunchException($"--instances wants service=1..9, of {string.Join(", ", Platform.Scalable)}");
        instances[service] = count;
    }
}
