using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using EPerfect.Contracts.Orders;

namespace EPerfect.Contracts.Tests;

/// <summary>
/// What partners and other services rely on. A contract only ever grows: the approved sample of each must stay readable
/// and come out as it went in. A new contract writes its sample beside the approved ones as *.received.json, to be
/// looked at and renamed.
/// </summary>
public sealed partial class ContractTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static TheoryData<Type> Events => [.. Types.Where(type => NameOf(type) is not null)];

    private static IEnumerable<Type> Types => typeof(OrderPlaced).Assembly.GetExportedTypes();

    [Fact]
    public void Contracts_depend_on_nothing() => typeof(OrderPlaced).Assembly.GetReferencedAssemblies()
        .Select(assembly => assembly.Name!)
        .ShouldAllBe(name => name.StartsWith("System.", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_is_named_after_its_publisher_and_itself(Type contract)
    {
        var publisher = contract.Namespace!.Split('.')[^1].ToLowerInvariant();
        var version = Version().Match(contract.Name) is { Success: true } later ? later.Groups["number"].Value : "1";
        var itself = WordStart().Replace(Version().Replace(contract.Name, ""), "-$0").TrimStart('-').ToLowerInvariant();

        NameOf(contract).ShouldBe($"{publisher}.{itself}.v{version}");
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_carries_the_version_of_its_stream(Type contract) =>
        contract.GetProperty("StreamVersion")?.PropertyType.ShouldBe(typeof(long));

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_holds_ids_and_facts_and_no_personal_word(Type contract) =>
        contract.GetProperties().Select(property => property.Name)
            .ShouldAllBe(name => !PersonalWord().IsMatch(name));

    [Theory]
    [MemberData(nameof(Events))]
    public void What_was_published_once_can_be_read_for_ever(Type contract)
    {
        var file = Path.Combine(Folder(), $"{NameOf(contract)}.json");
        var fresh = JsonSerializer.Serialize(Sample(contract), Json) + "\n";
        if (!File.Exists(file))
        {
            File.WriteAllText(Path.ChangeExtension(file, ".received.json"), fresh);
            Assert.Fail($"{NameOf(contract)} has no approved sample; look at the received one and rename it.");
        }

        var approved = File.ReadAllText(file);
        var read = JsonSerializer.Deserialize(approved, contract, Json);
        (JsonSerializer.Serialize(read, contract, Json) + "\n").ShouldBe(approved);
        fresh.ShouldBe(approved, "a field was added: approve the sample anew, by adding that field only");
    }

    private static string? NameOf(Type type) =>
        type.GetField("Name", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string;

    private static object Sample(Type type)
    {
        var constructor = type.GetConstructors().Single();
        var sample = constructor.Invoke([.. constructor.GetParameters().Select(p => ValueOf(p.ParameterType, p.Name!))]);
        if (constructor.GetParameters().Length > 0) return sample;
        foreach (var property in type.GetProperties()) property.SetValue(sample, ValueOf(property.PropertyType, property.Name));
        return sample;
    }

    private static object ValueOf(Type type, string name) => type switch
    {
        _ when type == typeof(Guid) => new Guid("0199f2a4-7c00-7000-8000-00000000002a"),
        _ when type == typeof(string) => name switch { "Currency" => "USD", _ => name },
        _ when type == typeof(decimal) => 12.50m,
        _ when type == typeof(int) => 2,
        _ when type == typeof(long) => 3L,
        _ when type == typeof(bool) => true,
        _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 11, 23, 10, 30, 0, TimeSpan.Zero),
        _ when Nullable.GetUnderlyingType(type) is { } inner => ValueOf(inner, name),
        { IsGenericType: true } => ListOf(type.GetGenericArguments()[0], name),
        _ => Sample(type),
    };

    private static Array ListOf(Type element, string name)
    {
        var list = Array.CreateInstance(element, 1);
        list.SetValue(ValueOf(element, name), 0);
        return list;
    }

    private static string Folder([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "Approved");

    [GeneratedRegex("V(?<number>[0-9]+)$")]
    private static partial Regex Version();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex WordStart();

    [GeneratedRegex("mail|phone|firstname|lastname|fullname|street|address|birth|card", RegexOptions.IgnoreCase)]
    private static partial Regex PersonalWord();
}
