using System;
using System.Collections.Generic;
using System.Net;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using Marten;

namespace Corpus;

public sealed record Person([Datum(DataCategory.Name, "the name")] string Name, Place Home) : IPersonalData
{
    public static Declaration Declared { get; } = new("person", DataGroup.Identity, "p", "l", new("r", default, "P1Y", "g"));
}

public sealed record Place(
    [Datum(DataCategory.PostalAddress, "the street")] IReadOnlyList<string> Street,
    [Datum(DataCategory.PostalAddress, "the place")] string City);

public sealed class Country : IInClear
{
    public static ClearDeclaration Declared { get; } =
        new("country", DataCategory.Country, "c", DataGroup.Contact, "p", "l", new("r", default, "P1Y", "g"));
}

public enum Mailbox { Support, Abuse }

public sealed record Happened(
    Guid Id,
    Sealed<Person> Holder,
    IReadOnlyList<Sealed<Person>> Others,
    Sealed<Person>? Email,
    [InClear<Country>] string City,
    [property: InClear<Country>] string PostalCode,
    [NotPersonal("the support desk's own")] string SupportEmail,
    string DomainName,
    IReadOnlyList<string> Nameservers,
    string MailKind,
    Guid MailId,
    bool EmailConfirmed,
    int EmailCount,
    string EmailStatus,
    string StatusOfEmail,
    string RecipientKind,
    Guid Recipient,
    string LoginAttempts,
    DateTimeOffset LastLogin,
    Mailbox Mailbox,
    DateTimeOffset PhoneVerifiedAt,
    int Capacity,
    string ProductName,
    string Description,
    string WildcardPattern,
    decimal Total,
    byte[] Content,
    Part Part);

[InClear<Country>]
public sealed record Part(string City, string Street);

[NotPersonal("places of data centres")]
public sealed record Site(string City, string PostalCode, string IpAddress);

public sealed class Document
{
    public string Id { get; set; } = "";

    public static string Email => "desk@example.org";

    [System.Text.Json.Serialization.JsonIgnore]
    public string Phone { get; set; } = "";

    public string PasswordHash { get; set; } = "";
}

// Neither stored nor sent.
public sealed record Request(string Email, string Password, IPAddress From);

public static class Module
{
    public static ServiceDefinition Define() => new ServiceDefinition("corpus")
        .Event<Happened>("happened")
        .Stream<Site>()
        .Marten(options => options.Schema.For<Document>());
}
