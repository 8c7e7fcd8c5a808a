using System.Net;
using System.Text.Json.Serialization;
using EPerfect.Testing;

namespace EPerfect.PersonalData.Tests;

/// <summary>What no compiler saw is found when a service starts.</summary>
public sealed class ExposureTests
{
    private sealed class Town : IInClear
    {
        public static ClearDeclaration Declared { get; } = new(
            "exposed-town", DataCategory.PostalAddress, "the town", DataGroup.Contact, "to sort", "contract", Kept.UntilClosed);
    }

    private sealed record Naked(
        string Email,
        IReadOnlyList<string> Street,
        IPAddress From,
        DateOnly BirthDate,
        long Phone,
        Holder Holder,
        IReadOnlyDictionary<Guid, Opened<Holder>> Seen,
        Inner Inner);

    private sealed record Inner(IReadOnlyList<Deep> Deep);

    private sealed record Deep(string HolderName);

    private sealed record Decent(
        Guid Id,
        Sealed<Holder> Email,
        IReadOnlyList<Sealed<Holder>> Emails,
        [InClear<Town>] string City,
        [NotPersonal("ours")] string SupportEmail,
        string DomainName,
        bool EmailConfirmed,
        DateTimeOffset PhoneVerifiedAt,
        DayOfWeek City2)
    {
        [JsonIgnore]
        public string Password => DomainName;
    }

    [Fact, Control("S4")]
    public void Each_member_in_clear_is_named_however_deep_it_lies() => Exposure.In([typeof(Naked)]).ShouldBe(
    [
        "Naked.Email: its name says email",
        "Naked.Street: its name says street",
        "Naked.From: it is of type IPAddress",
        "Naked.BirthDate: its name says birth",
        "Naked.Phone: its name says phone",
        "Naked.Holder: it is of type Holder",
        "Naked.Seen: it is of type Opened`1",
        "Deep.HolderName: its name says holder name",
    ]);

    [Fact]
    public void What_is_sealed_or_declared_or_named_alike_is_left_alone() => Exposure.In([typeof(Decent)]).ShouldBeEmpty();

    [Fact]
    public void Personal_data_itself_is_no_event() =>
        Exposure.In([typeof(Holder)]).ShouldBe(["Holder: all of it is personal"]);
}
