using System.Security.Cryptography;
using System.Text;

namespace EPerfect.PersonalData.Tests;

/// <summary>The digests are of what an independent implementation of Unicode 14, CPython's, gives.</summary>
public sealed class NfcTests
{
    private static IEnumerable<string> EveryCodePoint =>
        Enumerable.Range(1, 0x10FFFF).Where(point => point is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32);

    [Fact]
    public void Every_code_point_composes_as_in_the_standard() =>
        Digest(EveryCodePoint).ShouldBe("f35be9e222328926e6c1c8d064c0146fe0c6537f7937a0e654b893c7b78fa41f");

    [Fact]
    public void Every_code_point_with_marks_after_it_composes_as_in_the_standard() =>
        Digest(EveryCodePoint.Select(point => $"{point}\u0323\u0302"))
            .ShouldBe("a9436e51d422f85d15a92187ed9608d595f8545db4bbf4e78ab08089e7b5e452");

    [Fact]
    public void Every_code_point_between_marks_and_letters_composes_as_in_the_standard() =>
        Digest(EveryCodePoint.Select(point => $"\u0307{point}\u0301a{point}"))
            .ShouldBe("a13678b1c9175d82234b49d093c506f6b96f2bc962e99ed56fd45e810a0c5cf2");

    [Fact]
    public void Marks_in_any_order_compose_as_in_the_standard()
    {
        int[] points =
        [
            .. Enumerable.Range(0x300, 0x70),
            0x41, 0x61, 0x1EA5, 0x212B, 0x1100, 0x1161, 0x11A8, 0xAC00, 0x11A7, 0x0B47, 0x0B3E,
            0x1D157, 0x1D165, 0x05D0, 0x05B7, 0x0F71, 0x0F72, 0x3099, 0x304B,
        ];

        Digest(Enumerable.Range(0, 200_000).Select(_ => string.Concat(
                Enumerable.Range(0, 6).Select(_ => char.ConvertFromUtf32(points[Next() % (ulong)points.Length])))))
            .ShouldBe("6bae09427b333ac7d9358b1b8f08debc21bbaeebdd23aabd2ea8e75d55d86494");
    }

    [Fact]
    public void Composing_twice_changes_nothing_more() =>
        EveryCodePoint.ShouldAllBe(point => Nfc.Compose(Nfc.Compose(point)) == Nfc.Compose(point));

    [Fact]
    public void Ill_formed_text_is_marked_not_refused() => Nfc.Compose("\u0301\uD800").ShouldBe("\u0301\uFFFD");

    private ulong state = 1;

    private ulong Next()
    {
        state = unchecked((state * 6364136223846793005) + 1442695040888963407);
        return state >> 33;
    }

    private static string Digest(IEnumerable<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{Nfc.Compose(text)}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
