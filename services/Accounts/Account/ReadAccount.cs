using System.Text.Json.Serialization;
using EPerfect.Accounts.PersonalDetails;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts;

internal sealed record AccountView(
    Guid Id,
    string Kind,
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Email,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Phone,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] PostalAddress? Address,
    BillingView? Billing,
    int AcceptedPolicySet,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt,
    bool Erased,
    bool Restricted);

// Without the token: it charges, so it is shown to nobody.
internal sealed record BillingView(string Brand, string LastFour, string Expiry, PostalAddress? BillingAddress);

/// <summary>Shows the person what is held. A part whose key was destroyed is null, and the answer says so.</summary>
internal static class ReadAccount
{
    internal static AccountView Show(
        Account account, Opened<Identity> identity, Opened<Contact> contact, Opened<PaymentMethod>? payment)
    {
        var who = (contact as Opened<Contact>.Clear)?.Value;
        var card = (payment as Opened<PaymentMethod>.Clear)?.Value;
        return new AccountView(
            account.Id,
            account.Kind,
            account.IsClosed ? "closed" : "open",
            (identity as Opened<Identity>.Clear)?.Value.Name,
            who?.Email,
            who?.Phone,
            who?.Address,
            card is null ? null : new BillingView(card.Brand, card.LastFour, card.Expiry, card.BillingAddress),
            account.AcceptedPolicySet,
            account.OpenedAt,
            account.ClosedAt,
            Erased: identity is Opened<Identity>.Erased || contact is Opened<Contact>.Erased
                || payment is Opened<PaymentMethod>.Erased,
            Restricted: identity is Opened<Identity>.Restricted || contact is Opened<Contact>.Restricted
                || payment is Opened<PaymentMethod>.Restricted);
    }

    /// <summary>Nothing of the person is left.</summary>
    internal static bool IsGone(
        Opened<Identity> identity, Opened<Contact> contact, Opened<PaymentMethod>? payment) =>
        identity is Opened<Identity>.Erased && contact is Opened<Contact>.Erased
        && (payment is null or Opened<PaymentMethod>.Erased);

    private static Task<IResult> Handle(
        Guid accountId, Reader reader, Openings openings, HttpResponse response, CancellationToken ct)
    {
        response.Headers.CacheControl = "no-store";
        return reader.OneAsync<Account>(accountId, async (account, ct) =>
        {
            var opening = await openings.BeginAsync(
                accountId, [account.Identity, account.Contact, account.PaymentMethod], ct);
            var identity = await opening.OpenAsync(account.Identity, ct);
            var contact = await opening.OpenAsync(account.Contact, ct);
            var payment = account.PaymentMethod is { } method ? await opening.OpenAsync(method, ct) : null;
            return IsGone(identity, contact, payment)
                ? Problems.From(AccountRefusals.Erased)
                : Results.Ok(Show(account, identity, contact, payment));
        }, ct);
    }

    public static void Map(RouteGroupBuilder accounts) => accounts.MapGet("/{accountId:guid}", Handle)
        .WithName("ReadAccount")
        .Allow(Access.Of(MemberRole.Any, StaffRole.Support | StaffRole.Billing | StaffRole.PrivacyOfficer))
        .Opens()
        .WithSummary("Everything that is held about the account.")
        .Produces<AccountView>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status410Gone);
}
