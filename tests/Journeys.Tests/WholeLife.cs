using System.Net;
using EPerfect.Testing;

namespace EPerfect.Journeys.Tests;

/// <summary>A person of whom all four services hold something, in every kind of field that takes a text.</summary>
/// <param name="customer">Who.</param>
internal sealed class WholeLife(TestCustomer customer)
{
    private readonly string marker = Guid.NewGuid().ToString("N")[..8];

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
