using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using EPerfect.PersonalData;

namespace Corpus;

public sealed record Person([Datum(DataCategory.Name, "the name")] string Name) : IPersonalData
{
    public static Declaration Declared { get; } = new("person", DataGroup.Identity, "p", "l", new("r", default, "P1Y", "g"));
}

public static class Tags
{
    public static void Write(Activity? activity, Counter<long> counter, Person person, string email, IPAddress peer, string text)
    {
        activity?.SetTag("who", email); // EPD003
        activity?.SetTag("user.email", text); // EPD003
        activity?.AddTag("peer", peer); // EPD003
        activity?.AddTag("name", person.Name); // EPD003
        activity!.SetBaggage("to", email); // EPD003
        activity!.SetTag("http.user_agent", text); // EPD003
        activity!.SetTag("user.name", text); // EPD003
        activity!.SetStatus(ActivityStatusCode.Error, email); // EPD003
        counter.Add(1, new KeyValuePair<string, object?>("who", email)); // EPD003
        counter.Add(1, KeyValuePair.Create<string, object?>("client.address", text)); // EPD003
        var tags = new TagList
        {
            { "who", email }, // EPD003
            { "card_number", text }, // EPD003
        };
        tags.Add("name", person.Name); // EPD003
        counter.Add(1, tags);
        activity!.AddEvent(new ActivityEvent("sent", tags: new ActivityTagsCollection { { "who", email } })); // EPD003
    }
}
