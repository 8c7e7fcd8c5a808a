using System.Collections.Generic;
using EPerfect.PersonalData;

namespace Corpus;

public sealed record Contact(
    [Datum(DataCategory.Email, "the address")] string Email,
    string Note, // EPD004
    Place Home,
    IReadOnlyList<Entry> Entries) : IPersonalData
{
    public static Declaration Declared { get; } = new("contact", DataGroup.Contact, "p", "l", new("r", default, "P1Y", "g"));

    public int Size { get; init; } // EPD004
}

public sealed record Place([Datum(DataCategory.PostalAddress, "the street")] string Street, string Town); // EPD004

public sealed record Entry(string Text); // EPD004
