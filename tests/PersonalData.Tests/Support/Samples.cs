using System.Text.Json.Serialization;

namespace EPerfect.PersonalData.Tests;

/// <summary>How long the samples are kept.</summary>
public static class Kept
{
    public static readonly Retention UntilClosed =
        new("closed", RetentionTrigger.AccountClosed, "P0D", "the contract is over");
}

public sealed record Holder(
    [Datum(DataCategory.Name, "the full name")] string Name,
    [Datum(DataCategory.Email, "the address to sign in with")] string Email,
    [Datum(DataCategory.BirthDate, "the date of birth")] DateOnly? Born = null) : IPersonalData
{
    public static Declaration Declared { get; } =
        new("holder", DataGroup.Identity, "to know whose account it is", "contract", Kept.UntilClosed);

    public static Holder Ann { get; } = new("Ann Ångström", "ann.angstrom@example.org", new DateOnly(1979, 2, 28));
}

/// <summary>The same group and the same members, another kind.</summary>
public sealed record Proxy(
    [Datum(DataCategory.Name, "the full name")] string Name,
    [Datum(DataCategory.Email, "the address")] string Email) : IPersonalData
{
    public static Declaration Declared { get; } =
        new("proxy", DataGroup.Identity, "to know who acts for the holder", "contract", Kept.UntilClosed);
}

public sealed record Reach([Datum(DataCategory.Phone, "the number")] string Phone) : IPersonalData
{
    public static Declaration Declared { get; } =
        new("reach", DataGroup.Contact, "to call back", "contract", Kept.UntilClosed);
}

/// <summary>What <see cref="Holder"/> became in a later release: renamed, one member dropped, one added.</summary>
public sealed record Customer(
    [Datum(DataCategory.Name, "the full name")] string Name,
    [Datum(DataCategory.Name, "the name among friends")] string? Nickname) : IPersonalData
{
    public static Declaration Declared { get; } = Holder.Declared with { };
}

public sealed record AccountOpened(Guid AccountId, Sealed<Holder> Holder, Sealed<Reach>? Reach);

[JsonSerializable(typeof(AccountOpened))]
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
internal sealed partial class GeneratedJson : JsonSerializerContext;
