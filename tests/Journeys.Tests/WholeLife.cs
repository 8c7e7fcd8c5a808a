using System.Net;
using System.Security.Cryptography;
using EPerfect.Testing;

namespace EPerfect.Journeys.Tests;

/// <summary>A person of whom all four services hold something, in every kind of field that takes a text.</summary>
/// <param name="customer">Who.</param>
internal sealed class WholeLife(TestCustomer customer)
{
    private readonly string marker = Guid.NewGuid().ToString("N")[..8];

    /// <summary>A card of nobody's, with a right check digit, in two spellings. It gets in nowhere: no certificate looks for
    /// one, and nothing may hold it.</summary>
    public IReadOnlyList<string> Card { get; } = CardOf(RandomNumberGenerator.GetString("0123456789", 14));

    /// <summary>What was written, where: each must be nowhere in clear, before and after.</summary>
    public IReadOnlyDictionary<string, string> Canaries => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["name"] = customer.Canaries[0],
        ["e-mail"] = customer.Canaries[1],
        ["phone"] = customer.Canaries[2],
        ["street"] = customer.Canaries[3],
        ["name, changed"] = $"Xochipilli Ømega {marker}",
        ["payment method"] = $"tok_huitzil_{marker}",
        ["street of the invoice"] = $"Arvetee \"Kodu\" {marker}",
        ["program"] = $"Nächtlicher Lauf {marker}",
        ["who was invited"] = $"freund.{marker}@quetzal.example",
        ["registrant"] = $"Tlaloc O'Registrant {marker}",
        ["registrant's organisation"] = $"Coatl & Söhne {marker}",
        ["registrant's e-mail"] = $"halter.{marker}@quetzal.example",
        ["registrant's street"] = $"Inhaberstraße {marker}",
        ["agent's mandate"] = $"Vollmacht für Tonatiuh {marker}",
    };

    /// <summary>Lives it, up to where the order is served.</summary>
    /// <param name="staff">Who looks at the account, with a ground.</param>
    public async Task LiveAsync(HttpClient staff)
    {
        await customer.OpenAccountAsync();
        await customer.StoreContactAsync();
        using var person = customer.NewClient();
        var account = $"/api/accounts/{customer.AccountId}";
        await DoneAsync(person.PutAsync($"{account}/profile", new
        {
            name = Canaries["name, changed"], email = customer.Canaries[1], phone = $"+{customer.Canaries[2]}",
            address = AddressOf(customer.Canaries[3]),
        }));
        await DoneAsync(person.PutAsync($"{account}/billing", new
        {
            paymentMethodToken = Canaries["payment method"], brand = "visa", lastFour = "4242", expiry = "2099-12",
            billingAddress = AddressOf(Canaries["street of the invoice"]),
        }));
        await DoneAsync(person.PostWithKeyAsync($"{account}/clients", new
        {
            name = Canaries["program"], scopes = new[] { "orders:read" },
        }));
        await DoneAsync(person.PostWithKeyAsync($"{account}/members/invitations", new
        {
            email = Canaries["who was invited"], role = "billing",
        }));
        var contact = await DoneAsync(person.PostWithKeyAsync("/api/domains/contacts", new
        {
            accountId = customer.AccountId, name = Canaries["registrant"],
            organisation = Canaries["registrant's organisation"], email = Canaries["registrant's e-mail"],
            phone = "+37255501234", address = AddressOf(Canaries["registrant's street"]), publicityAcknowledged = true,
        }));
        var order = await DoneAsync(person.PostWithKeyAsync("/api/orders", new
        {
            accountId = customer.AccountId, currency = "USD", paymentMethodToken = "tok_ok",
            items = new object[]
            {
                new { product = "perfect-1", periodMonths = 12, quantity = 1 },
                new
                {
                    product = "domain-com", action = "register", domainName = customer.Domain, years = 1,
                    registrantContactId = (await contact.JsonAsync())["id"]!.GetValue<Guid>(),
                },
            },
        }));
        (await customer.EndOfAsync((await order.JsonAsync())["id"]!.GetValue<Guid>()))["status"]!.GetValue<string>()
            .ShouldBe("active");
        await Until.TrueAsync(
            async () => (await person.GetStringAsync($"/api/orders?accountId={customer.AccountId}"))
                .Contains("\"active\"", StringComparison.Ordinal),
            "the list of orders has it");
        await DoneAsync(person.PutAsync(
            $"/api/privacy/people/{customer.AccountId}/consents/direct-mail", new { given = true, policySet = 1 }));
        await DoneAsync(staff.PostWithKeyAsync($"/api/privacy/people/{customer.AccountId}/requests", new
        {
            kind = "access", mandate = Canaries["agent's mandate"],
        }));
        using var look = new HttpRequestMessage(HttpMethod.Get, account);
        look.Headers.Add("Opening-Purpose", "support");
        look.Headers.Add("Opening-Ground", "ticket:4711");
        await DoneAsync(staff.SendAsync(look));
        await Until.TrueAsync(
            async () => (await person.GetStringAsync($"/api/privacy/people/{customer.AccountId}/openings"))
                .Contains("ticket:4711", StringComparison.Ordinal),
            "the opening is in the register");
    }

    /// <summary>Wherever a text is taken, and where none is.</summary>
    public async Task IsRefusedACardAsync()
    {
        using var person = customer.NewClient();
        var account = $"/api/accounts/{customer.AccountId}";
        foreach (var card in Card)
        {
            await RefusedAsync(person.PutAsync($"{account}/profile", new
            {
                name = $"Card {card}", email = customer.Canaries[1], phone = $"+{customer.Canaries[2]}",
                address = AddressOf(customer.Canaries[3]),
            }));
            await RefusedAsync(person.PutAsync($"{account}/billing", new
            {
                paymentMethodToken = card, brand = "visa", lastFour = card[^4..], expiry = "2099-12",
            }));
            await RefusedAsync(person.PostWithKeyAsync($"{account}/clients", new
            {
                name = card, scopes = new[] { "orders:read" },
            }));
            await RefusedAsync(person.PostWithKeyAsync("/api/orders", new
            {
                accountId = customer.AccountId, currency = "USD", paymentMethodToken = card,
                items = new[] { new { product = "perfect-1", periodMonths = 12, quantity = 1 } },
            }));
            await RefusedAsync(person.PostWithKeyAsync("/api/domains/contacts", new
            {
                accountId = customer.AccountId, name = Canaries["registrant"], email = Canaries["registrant's e-mail"],
                phone = "+37255501234", address = AddressOf(card), publicityAcknowledged = true,
            }));
            await RefusedAsync(person.PostWithKeyAsync(
                $"/api/privacy/people/{customer.AccountId}/requests", new { kind = "access", mandate = card }));
            using var asked = await person.GetAsync(
                $"/api/orders?accountId={customer.AccountId}&cursor={Uri.EscapeDataString(card)}");
            asked.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }
    }

    private static async Task RefusedAsync(Task<HttpResponseMessage> request)
    {
        using var answer = await request;
        (answer.StatusCode, await answer.ProblemCodeAsync())
            .ShouldBe((HttpStatusCode.UnprocessableEntity, "card-number-refused"), $"{answer.RequestMessage!.RequestUri}");
    }

    /// <summary>ISO/IEC 7812: the sum of all digits, every other one doubled, ends with zero.</summary>
    private static IReadOnlyList<string> CardOf(string account)
    {
        var digits = $"4{account}";
        var sum = digits.Reverse().Select((digit, i) => (i % 2 == 0 ? 2 : 1) * (digit - '0')).Sum(n => n > 9 ? n - 9 : n);
        var card = $"{digits}{(10 - (sum % 10)) % 10}";
        return [card, string.Join(' ', card.Chunk(4).Select(four => new string(four)))];
    }

    private static object AddressOf(string street) =>
        new { street = new[] { street }, city = "Tallinn", country = "EE", postalCode = "10111" };

    private static async Task<HttpResponseMessage> DoneAsync(Task<HttpResponseMessage> request)
    {
        var answer = await request;
        return answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.NoContent
            ? answer
            : throw new InvalidOperationException(
                $"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri}: {(int)answer.StatusCode} "
                + await answer.Content.ReadAsStringAsync());
    }
}
