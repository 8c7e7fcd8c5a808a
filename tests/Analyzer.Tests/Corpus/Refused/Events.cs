using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Mail;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace Corpus;

public sealed record Person([Datum(DataCategory.Name, "the name")] string Name) : IPersonalData
{
    public static Declaration Declared { get; } = new("person", DataGroup.Identity, "p", "l", new("r", default, "P1Y", "g"));
}

public sealed record Opened1(
    Guid Id,
    string Email, // EPD001
    string? Phone, // EPD001
    IReadOnlyList<string> Street, // EPD001
    string City, // EPD001
    string PostalCode, // EPD001
    string FirstName, // EPD001
    string LastName, // EPD001
    string FullName, // EPD001
    string Surname, // EPD001
    DateOnly BirthDate, // EPD001
    DateTimeOffset? Born, // EPD001
    string ClientIp, // EPD001
    string RemoteAddress, // EPD001
    string UserAgent, // EPD001
    string CardNumber, // EPD001
    long PhoneNumber, // EPD001
    string Iban, // EPD001
    string Password, // EPD001
    string[] Emails, // EPD001
    Dictionary<string, string> PhoneByCountry, // EPD001
    object ContactMail, // EPD001
    string UserName, // EPD001
    string DisplayName, // EPD001
    string Recipient, // EPD001
    IReadOnlyList<string> Senders, // EPD001
    string Login, // EPD001
    string NameOfRegistrant, // EPD001
    string StatusEmail, // EPD001
    string EmailStatusText); // EPD001

public sealed record Opened2(
    IPAddress From, // EPD001
    MailAddress To, // EPD001
    Person Holder, // EPD001
    IReadOnlyList<Person> Others, // EPD001
    Opened<Person> Seen, // EPD001
    Dictionary<Guid, IPEndPoint> Peers, // EPD001
    (string Email, int Count) Pair); // EPD001

public sealed record Deep(Guid Id, Outer Outer, IReadOnlyList<Line> Lines);

public sealed record Outer(Inner? Inner);

public sealed record Inner
{
    public string Mobile { get; init; } = ""; // EPD001
}

public readonly record struct Line(string Text, string HolderName); // EPD001

public abstract record Base
{
    public string NickName { get; init; } = ""; // EPD001
}

public sealed record Derived : Base;

public sealed class State
{
    public string Nationality = ""; // EPD001

    public string Gender { get; private set; } = ""; // EPD001
}

public static class Module
{
    public static ServiceDefinition Define() => Person(new ServiceDefinition("corpus"))
        .Event<Opened1>("opened1")
        .Event<Opened2>("opened2")
        .Event<Deep>("deep")
        .Event<Derived>("derived")
        .Stream<State>()
        .Event<Tuple<string>>("tuple");

    private static ServiceDefinition Person(ServiceDefinition one) => one.Publishes<Person>("corpus.person.v1"); // EPD001
}
