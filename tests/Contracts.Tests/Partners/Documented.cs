using System.Text.RegularExpressions;
using System.Xml.Linq;
using EPerfect.Contracts.Partners;

namespace EPerfect.Contracts.Tests.Partners;

/// <summary>What the docstrings of the contracts say.</summary>
internal static partial class Documented
{
    private static readonly ILookup<string, XElement> Members = XDocument
        .Load(Path.ChangeExtension(typeof(IPartnerData).Assembly.Location, ".xml"))
        .Descendants("member")
        .ToLookup(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

    public static string Summary(Type type) => Text(Members[$"T:{type.FullName}"].Single().Element("summary")!);

    public static string Member(Type type, string name) => Text(
        Members[$"T:{type.FullName}"].Single().Elements("param").Single(param => param.Attribute("name")!.Value == name));

    private static string Text(XElement element) => Space().Replace(element.Value, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
