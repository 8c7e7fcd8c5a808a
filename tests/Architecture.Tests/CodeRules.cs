using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace EPerfect.Architecture.Tests;

/// <summary>How code inside the services is written.</summary>
public sealed partial class CodeRules
{
    private static readonly string[] Shipped = ["contracts", "services", "gateway", "deploy"];

    [Fact]
    public void The_clock_is_injected() => Source
        .Lines(
            // Two processes may make the key file at once; they take turns before anything asynchronous runs.
            Source.Files(Shipped).Where(file => Path.GetFileName(file) != "KeyFile.cs"),
            line => Clock().IsMatch(line))
        .ShouldBeEmpty("use TimeProvider, and Guid.CreateVersion7");

    [Fact]
    public void Nothing_is_left_for_later() => Source
        .Lines(Source.Files(Shipped), line => Unfinished().IsMatch(line))
        .ShouldBeEmpty();

    [Fact]
    public void A_line_fits_the_screen() => Source
        .Lines(Source.Files([.. Shipped, "tests"]), line => line.Length > 130)
        .ShouldBeEmpty();

    [Fact]
    public void A_file_is_read_on_a_screen_or_few()
    {
        var lengths = Source.Files(Shipped)
            .ToDictionary(file => file, file => File.ReadLines(file).Count(), StringComparer.Ordinal);

        lengths.Where(file => file.Value > 200).Select(file => $"{file.Value} {file.Key}").ShouldBeEmpty();
        lengths.Values.Order().ElementAt(lengths.Count / 2).ShouldBeLessThan(60);
    }

    [Fact]
    public void Types_of_a_service_are_internal_and_sealed() => Modules.Services
        .Select(service => service.Assembly)
        .Append(typeof(global::EPerfect.Operations.OperationsModule).Assembly)
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute)) && !type.IsNested && type.Name != "Program")
        .Where(type => type.Namespace?.StartsWith("EPerfect.", StringComparison.Ordinal) == true)
        .Where(type => !type.Namespace!.EndsWith(".Migrations", StringComparison.Ordinal))
        .Where(type => type.IsPublic || (type.IsClass && !type.IsSealed && !type.IsAbstract))
        .Select(type => type.FullName)
        .ShouldBeEmpty();

    [Theory]
    [InlineData("contracts")]
    [InlineData("services/Accounts")]
    [InlineData("services/Orders")]
    [InlineData("services/Domains")]
    [InlineData("services/Privacy")]
    [InlineData("services/Operations")]
    [InlineData("services/PersonalData")]
    [InlineData("services/ServiceDefaults")]
    [InlineData("gateway")]
    [InlineData("tests")]
    [InlineData("deploy")]
    public void Each_folder_says_what_it_is(string folder) =>
        File.Exists(Path.Combine(Source.Root, folder, "README.md")).ShouldBeTrue();

    [GeneratedRegex(@"DateTime(Offset)?\.(Utc)?Now\b|Guid\.NewGuid|Thread\.Sleep")]
    private static partial Regex Clock();

    [GeneratedRegex(@"NotImplementedException|\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Unfinished();
}
