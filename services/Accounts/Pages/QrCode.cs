using System.Text;
using QRCoder;

namespace EPerfect.Accounts.Pages;

/// <summary>A QR code as SVG that a strict content policy lets through: no styles, one path.</summary>
internal static class QrCode
{
    public static string Svg(string text, string label)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows[y].Count; x++)
            {
                if (rows[y][x]) path.Append($"M{x} {y}h1v1h-1z");
            }
        }

        return $"""
            <svg role="img" aria-label="{label}" viewBox="0 0 {rows.Count} {rows.Count}" shape-rendering="crispEdges">
            <rect width="100%" height="100%" fill="#fff"/><path fill="#000" d="{path}"/></svg>
            """;
    }
}
