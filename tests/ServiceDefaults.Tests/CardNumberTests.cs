using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EPerfect.Testing;

namespace EPerfect.ServiceDefaults.Tests;

/// <summary>What looks like a card's number to a counter of digits, and is none; and what is one, whatever stands
/// beside it. All at random, from a seed that a failure tells.</summary>
public sealed class CardNumberTests
{
    private const int Many = 20_000;

    public static TheoryData<string> Shapes => [.. Ids.Keys];

    private static readonly Dictionary<string, Func<Random, string>> Ids = new(StringComparer.Ordinal)
    {
        ["a UUID"] = random => NewGuid(random).ToString("D"),
        ["a UUID in capitals"] = random => NewGuid(random).ToString("D").ToUpperInvariant(),
        ["a UUID without dashes"] = random => NewGuid(random).ToString("N"),
        ["a UUID as a URN"] = random => $"urn:uuid:{NewGuid(random):D}",
        ["a UUID of the clock"] = random => Guid.CreateVersion7(
            DateTimeOffset.UnixEpoch.AddSeconds(random.NextInt64(1L << 32))).ToString("N"),
        ["an object id"] = random => Hex(random, 12),
        ["a trace id"] = random => Hex(random, 16),
        ["a hash of twenty bytes"] = random => Hex(random, 20),
        ["a hash of 32 bytes in capitals"] = random => Hex(random, 32).ToUpperInvariant(),
        ["a signature"] = random => Convert.ToBase64String(Bytes(random, 256)),
        ["a token"] = random => System.Buffers.Text.Base64Url.EncodeToString(Bytes(random, 48)),
        ["two ids"] = random => $"{NewGuid(random):N}.{NewGuid(random):D}",
        ["an id in a sentence"] = random => $"Order {NewGuid(random):D}, hosting; see also {Hex(random, 32)}.",
    };

    [Theory, MemberData(nameof(Shapes))]
    public void Given_ids_and_hashes_Then_none_passes_for_a_card(string shape) => Often(random =>
    {
        var id = Ids[shape](random);
        CardNumbers.Contains(id).ShouldBeFalse(id);
        BodyRules.WhyNot(JsonSerializer.SerializeToUtf8Bytes(new { reference = id })).ShouldBeNull(id);
    });

    [Fact, Control("S5/no-card-number")]
    public void Given_a_card_Then_it_is_found_written_in_any_way_beside_ids_and_within_words() => Often(random =>
    {
        var card = Card(random);
        foreach (var text in (string[])
        [
            card,
            Grouped(card, ' '),
            Grouped(card, '-'),
            $"card {card} of order {NewGuid(random):D}",
            $"{NewGuid(random):N} {card}",
            $"{card}-{NewGuid(random):D}",
            $"pan{card}exp",
            $"{Hex(random, 32)}/{Grouped(card, ' ')}/",
        ])
        {
            CardNumbers.Contains(text).ShouldBeTrue(text);
        }
    });

    [Fact, Control("S5/no-card-number")]
    public void Given_digits_alone_Then_they_are_no_id_however_they_are_grouped()
    {
        CardNumbers.Contains("41111111-1111-1111-0000-000000000000").ShouldBeTrue();
        CardNumbers.Contains("4111111111111111 41111111111111114111").ShouldBeTrue();
    }

    private static void Often(Action<Random> check)
    {
        var seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        var random = new Random(seed);
        try
        {
            for (var i = 0; i < Many; i++) check(random);
        }
        catch (ShouldAssertException failure)
        {
            throw new ShouldAssertException($"Seed {seed}: {failure.Message}", failure);
        }
    }

    /// <summary>13 to 19 digits, the last of them the check digit.</summary>
    private static string Card(Random random)
    {
        var digits = new StringBuilder().Append(random.Next(2, 7));
        for (var left = random.Next(11, 18); left > 0; left--) digits.Append(random.Next(10));
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? (digit * 2 % 10) + (digit * 2 / 10) : digit;
        }

        return digits.Append((10 - (sum % 10)) % 10).ToString();
    }

    private static string Grouped(string card, char by) => string.Join(by, card.Chunk(4).Select(group => new string(group)));

    private static string Hex(Random random, int bytes)
    {
        // One without a letter is one in millions, and would be taken for a number with reason.
        for (; ; )
        {
            var hex = Convert.ToHexStringLower(Bytes(random, bytes));
            if (hex.Any(char.IsAsciiLetter)) return hex;
        }
    }

    private static Guid NewGuid(Random random) => new(Bytes(random, 16));

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
