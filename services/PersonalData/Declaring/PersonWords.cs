namespace EPerfect.PersonalData;

/// <summary>
/// Names that promise a value about a person. One list for the analyzer, which is compiled with this file, and for the
/// check at start.
/// </summary>
internal static class PersonWords
{
    private static readonly string[][] Texts = Phrases(
        "email|e mail|phone|telephone|mobile number|fax|street|city|cities|postcode|post code|postal code|zipcode|zip code|"
        + "postal address|post address|mailing address|billing address|home address|shipping address|mail address|"
        + "first name|last name|full name|given name|family name|middle name|maiden name|nick name|nickname|firstname|"
        + "lastname|fullname|surname|forename|person name|persons name|customer name|holder name|owner name|contact name|"
        + "registrant name|cardholder|birth|birthday|birthdate|birthplace|dob|ip address|remote address|client address|"
        + "peer address|device address|remote ip|client ip|forwarded for|user agent|useragent|card number|card holder|"
        + "credit card|debit card|cvv|cvc|iban|account number|bank account|passport|passphrase|password|ssn|"
        + "social security|national id|tax id|driver license|driving licence|latitude|longitude|geolocation|gender|"
        + "nationality|religion|ethnicity|salutation|user name|username|display name|login name|recipient|sender");

    /// <summary>These say much as a name's last word, and little before another one.</summary>
    private static readonly string[][] Ends = Phrases("mail|mailbox|zip|ip|card|pan|mobile|login");

    /// <summary>These are the whole name.</summary>
    private static readonly string[][] Alone = Phrases("address|born");

    /// <summary>A name's last word says what it is: the kind of a mail is no address, the address of a kind is one.</summary>
    private static readonly HashSet<string> Describing = new(
        ("kind kinds type template id ids count counter status state version length size format pattern policy policies "
        + "rule rules provider server settings setting option options confirmed verified at field label lifetime scheme "
        + "range limit limits changed reset required enabled strength queue link purpose known missing invalid taken")
        .Split(' '),
        StringComparer.Ordinal);

    /// <summary>What a name promises, such as <c>email</c>; null if nothing about a person.</summary>
    public static string? In(string name)
    {
        var words = HeadLast(Split(name));
        foreach (var phrase in Texts)
        {
            for (var at = 0; at + phrase.Length <= words.Count; at++)
            {
                if (Matches(words, at, phrase) && !IsDescribed(words, at, phrase)) return string.Join(" ", phrase);
            }
        }

        return Ends.Where(phrase => words.Count > 0 && Matches(words, words.Count - 1, phrase))
            .Concat(Alone.Where(phrase => words.Count == 1 && Matches(words, 0, phrase)))
            .Select(phrase => string.Join(" ", phrase))
            .FirstOrDefault();
    }

    /// <summary>Whether what was found can be a date.</summary>
    public static bool IsDate(string found) => found is "birth" or "birthday" or "birthdate" or "dob" or "born";

    /// <summary>Whether what was found can be a number.</summary>
    public static bool IsNumber(string found) => found.EndsWith("number", StringComparison.Ordinal)
        || found is "phone" or "telephone" or "fax" or "mobile" or "card" or "pan" or "ssn" or "cvv" or "cvc" or "zip"
            or "latitude" or "longitude" or "postcode" or "post code" or "postal code" or "zipcode" or "zip code";

    private static bool IsDescribed(List<string> words, int at, string[] phrase) =>
        at + phrase.Length < words.Count
        && (Describing.Contains(words[words.Count - 1])
            // Not readable, and of use to nobody else.
            || (phrase[0] == "password" && words[words.Count - 1] == "hash"));

    /// <summary>The name of a registrant is a registrant's name.</summary>
    private static List<string> HeadLast(List<string> words)
    {
        var of = words.IndexOf("of");
        return of < 0 ? words : [.. HeadLast(words.GetRange(of + 1, words.Count - of - 1)), .. words.GetRange(0, of)];
    }

    private static bool Matches(List<string> words, int at, string[] phrase)
    {
        for (var i = 0; i < phrase.Length; i++)
        {
            if (words[at + i] != phrase[i] && words[at + i] != phrase[i] + "s" && words[at + i] != phrase[i] + "es") return false;
        }

        return true;
    }

    /// <summary><c>ClientIPAddress</c>, <c>client_ip_address</c> and <c>client.ip-address</c> are three words.</summary>
    private static List<string> Split(string name)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            var ends = i == name.Length || !char.IsLetter(name[i]) || (i > start && Begins(name, i));
            if (!ends) continue;
            if (i > start) words.Add(name.Substring(start, i - start).ToLowerInvariant());
            start = i < name.Length && !char.IsLetter(name[i]) ? i + 1 : i;
        }

        return words;
    }

    private static bool Begins(string name, int i) => char.IsUpper(name[i])
        && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]) && !IsPlural(name, i)));

    // IDs, IPs
    private static bool IsPlural(string name, int i) =>
        name[i + 1] == 's' && (i + 2 == name.Length || char.IsUpper(name[i + 2]));

    private static string[][] Phrases(string text) => text.Split('|').Select(phrase => phrase.Split(' ')).ToArray();
}
