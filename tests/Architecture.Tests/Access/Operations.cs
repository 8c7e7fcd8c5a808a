using EPerfect.Privacy.Policy;
using EPerfect.Testing;

namespace EPerfect.Architecture.Tests;

/// <summary>A request that is right in everything, so that only who asks decides.</summary>
internal sealed record Call(string Path, object? Body = null)
{
    /// <summary>The address that whoever asks must have verified.</summary>
    public string? Address { get; init; }
}

/// <summary>For each operation of each description a right request on things of the given account.</summary>
internal static class Operations
{
    private static readonly object Address = new
    {
        street = new[] { "1 Lane" }, city = "Tallinn", country = "EE", postalCode = "10111",
    };

    private static object Profile(Guid account) => new
    {
        name = "A Person", email = Seeds.EmailOf(account), phone = "+12025550123", address = Address,
    };

    public static IReadOnlyDictionary<string, Func<TestService, Guid, Task<Call>>> All { get; } =
        new Dictionary<string, Func<TestService, Guid, Task<Call>>>(StringComparer.Ordinal)
        {
            ["OpenAccount"] = (_, account) => Task.FromResult(new Call("/api/accounts", new
            {
                kind = "customer", name = "A Person", email = Seeds.EmailOf(account), phone = "+12025550123",
                address = Address, acceptedPolicySet = 1,
            })
            {
                Address = Seeds.EmailOf(account),
            }),
            ["ReadAccount"] = Account(""),
            ["ChangeProfile"] = async (accounts, account) =>
                new($"/api/accounts/{await accounts.OpenAccountAsync(account)}/profile", Profile(account)),
            ["ChangeBillingDetails"] = Account("/billing", new
            {
                paymentMethodToken = "tok_ok", brand = "visa", lastFour = "4242", expiry = "2099-12",
            }),
            ["CloseAccount"] = Account("/close"),
            ["ReadAccountHistory"] = Account("/history"),
            ["ReadMembers"] = Account("/members"),
            ["InviteMember"] = Account("/members/invitations", new { email = "b@person.example", role = "billing" }),
            ["WithdrawInvitation"] = async (accounts, account) => new(
                $"/api/accounts/{await accounts.OpenAccountAsync(account)}/members/invitations/" +
                $"{Seeds.InvitationTo(account)}"),
            ["ChangeMemberRole"] = Account($"/members/{Seeds.Member}", new { role = "technical" }),
            ["RemoveMember"] = Account($"/members/{Seeds.Member}"),
            ["ListApiClients"] = Account("/clients"),
            ["CreateApiClient"] = Account("/clients", new { name = "nightly", scopes = new[] { "orders:read" } }),
            ["RevokeApiClient"] = async (accounts, account) => new(
                $"/api/accounts/{await accounts.OpenAccountAsync(account)}/clients/{Seeds.ProgramOf(account)}"),
            ["AcceptInvitation"] = async (accounts, account) => new(
                "/api/accounts/invitations/accept",
                new { token = accounts.InvitationTokenTo(await accounts.OpenAccountAsync(account)) }),
            ["ReadOwnActivity"] = (_, _) => Is("/api/accounts/me/activity"),
            ["ListStaff"] = (_, _) => Is("/api/accounts/staff"),
            ["AppointStaff"] = async (accounts, _) =>
                new("/api/accounts/staff", new { loginId = await accounts.SignUpAsync(), roles = new[] { "support" } }),
            ["ChangeStaffRoles"] = async (accounts, _) =>
                new($"/api/accounts/staff/{await accounts.AppointAsync()}", new { roles = new[] { "legal" } }),
            ["DismissStaff"] = async (accounts, _) => new($"/api/accounts/staff/{await accounts.AppointAsync()}"),

            ["ListPartnerClients"] = (_, partner) => Is($"/api/accounts/partners/{partner}/clients"),
            ["CreatePartnerClient"] = (_, partner) => Is($"/api/accounts/partners/{partner}/clients", new { }),
            ["RotatePartnerSecret"] = OfPartnerClient("/secret", new { }),
            ["RevokePartnerClient"] = OfPartnerClient(""),

            ["ReadCatalogue"] = (_, _) => Is("/api/orders/catalogue"),
            ["ReadCatalogueVersion"] = (_, _) => Is("/api/orders/catalogue/1"),
            ["PlaceOrder"] = (_, account) => Is("/api/orders", Order(account)),
            ["ListOrders"] = (_, account) => Is($"/api/orders?accountId={account}"),
            ["ReadOrder"] = OfOrder(""),
            ["OrderHistory"] = OfOrder("/history"),
            ["CancelOrder"] = OfOrder("/cancellation"),

            ["CheckAvailability"] = (_, _) => Is("/api/domains/availability?name=example.com"),
            ["ListDomains"] = (_, account) => Is($"/api/domains?accountId={account}"),
            ["ReadDomain"] = OfDomain(""),
            ["ReadDomainHistory"] = OfDomain("/history"),
            ["ChangeNameservers"] = OfDomain("/nameservers", new { nameservers = new[] { "ns3.a.example", "ns4.a.example" } }),
            ["RegisterContact"] = (_, account) => Is("/api/domains/contacts", Contact(account)),
            ["ReadContact"] = OfContact(_ => null),
            ["CorrectContact"] = OfContact(Profile),
            ["RdapHelp"] = (_, _) => Is("/rdap/help"),
            ["RdapDomain"] = async (domains, account) => new($"/rdap/domain/{await domains.RegisterDomainAsync(account)}"),

            ["ReadSigningKeys"] = (_, _) => Is("/api/privacy/keys"),
            ["ReadPolicyCoverage"] = (_, _) => Is("/api/privacy/policy/coverage"),
            ["RecordReview"] = (_, _) => Is("/api/privacy/policy/reviews/S5", new { reviewedOn = "2026-01-01" }),
            ["ReadMeasures"] = (_, _) => Is("/api/privacy/measures"),
            ["ReadDataMap"] = (_, _) => Is("/api/privacy/datamap"),
            ["ReadProcessingRecord"] = (_, _) => Is("/api/privacy/processing-record"),
            ["RecordPolicyChecks"] = (_, _) => Is("/api/privacy/policy/results", new
            {
                ranAt = "2026-01-01T00:00:00Z", release = Controls.Shipped().Release, outcomes = Array.Empty<object>(),
            }),
            ["PublishDocumentVersion"] = (_, _) => Is("/api/privacy/documents/uce-policy/versions/2", new
            {
                text = "No spam.", materiality = "editorial", effectiveAt = "2099-01-01T00:00:00Z",
            }),
            ["ReadConsentReceipt"] = OfPerson("/consents/receipts/1"),
            ["ReadNotices"] = OfPerson("/notices"),
            ["TakeNotice"] = Person("/notices/1", new { }),
            ["ReadRestriction"] = OfPerson("/restriction"),
            ["AnnounceLifting"] = OfPerson("/restriction/ending", new { ground = "accuracy-verified" }),
            ["ReadDecision"] = OfPerson("/decisions?purpose=service&category=contact"),
            ["ReadDocuments"] = (_, _) => Is("/api/privacy/documents"),
            ["ReadPolicySetInForce"] = (_, _) => Is("/api/privacy/policy-sets/current"),
            ["ReadDocumentVersion"] = (_, _) => Is("/api/privacy/documents/privacy-policy/versions/1"),
            ["ReadDocumentInForce"] = (_, _) => Is("/api/privacy/documents/privacy-policy/current"),
            ["ChangeConsent"] = Person("/consents/direct-mail", new { given = true, policySet = 1 }),
            ["AcknowledgePolicySet"] = Person("/acknowledgements", new { policySet = 1 }),
            ["HonourPrivacyControl"] = (_, account) =>
                Is($"/api/privacy/people/{account}/signals/global-privacy-control", new { }),
            ["ReadOpenings"] = (_, account) => Is($"/api/privacy/people/{account}/openings"),
            ["ReadOwnInclusionProof"] = async (privacy, account) =>
                new($"/api/privacy/people/{account}/openings/{await privacy.OpenedAsync(account)}/proof"),
            ["ReadInclusionProof"] = async (privacy, account) =>
                new($"/api/privacy/register/proofs/inclusion?opening={await privacy.OpenedAsync(account)}"),
            ["ReadConsistencyProof"] = (_, _) => Is("/api/privacy/register/proofs/consistency?first=0&second=0"),
            ["ListCheckpoints"] = (_, _) => Is("/api/privacy/register/checkpoints"),
            ["ReadNewestCheckpoint"] = async (privacy, account) =>
            {
                await privacy.OpenedAsync(account);
                return new("/api/privacy/register/checkpoints/newest");
            },
            ["SignCheckpoint"] = async (privacy, account) =>
            {
                await privacy.OpenedAsync(account);
                return new("/api/privacy/register/checkpoints");
            },
            ["ReadRegisterEntries"] = (_, _) => Is("/api/privacy/register/entries"),
            ["ReadConsents"] = OfPerson("/consents"),
            ["ReadAcknowledgements"] = OfPerson("/acknowledgements"),
            ["FileRequest"] = OfPerson("/requests", new { kind = "rectification" }),
            ["ListRequests"] = OfPerson("/requests"),
            ["ListWork"] = (_, _) => Is("/api/privacy/requests"),
            ["ReadRequest"] = OfRequest(""),
            ["AcknowledgeRequest"] = OfRequest("/acknowledgement", new { }),
            ["VerifyIdentity"] = OfRequest("/verification", new { method = "callback" }),
            ["StartRequest"] = OfRequest("/start", new { }),
            ["ExtendRequest"] = OfRequest("/extension", new { reason = "complexity" }),
            ["RefuseRequest"] = OfRequest("/refusal", new { ground = "excessive" }),
            ["ReadCertificate"] = async (privacy, account) => new(await privacy.ErasureAsync(account, "certificates")),
            ["ReadErasure"] = async (privacy, account) => new(await privacy.ErasureAsync(account, "erasures")),
            ["ListUnansweredErasures"] = (_, _) => Is("/api/privacy/erasures/unanswered"),
            ["ListUnansweredCorrections"] = (_, _) => Is("/api/privacy/corrections/unanswered"),
            ["ListCorrections"] = OfPerson("/corrections"),
            ["AcceptFoundPlace"] = async (privacy, account) => new(
                $"/api/privacy/erasures/{await privacy.StoppedErasureAsync(account)}/accepted-places",
                new { store = "accounts", table = "store.mt_events", column = "headers", path = "note", ground = "coincidence" }),
            ["RecordErasureAnswer"] = async (privacy, account) =>
            {
                var (erasure, partner) = await privacy.UnansweredErasureAsync(account);
                return new($"/api/privacy/erasures/{erasure}/answers", new { partnerId = partner, how = "by-letter" });
            },
            ["WithdrawRequest"] = OfRequest("/withdrawal", new { }),
            ["WeighObjection"] = OfRequest(
                "/weighing", new { purpose = "security", granted = true, ground = "not-necessary" }),
            ["ReadExport"] = OfExport(""),
            ["DownloadExport"] = OfExport("/archive"),
            ["CompleteRequest"] = OfRequest("/completion", new { }),
            ["TellRecipient"] = async (privacy, account) =>
            {
                var call = await OfRequest("/tellings")(privacy, account);
                var (rectification, partner, _) = await privacy.RectifiedAsync(account);
                return call with { Body = new { rectificationId = rectification, partnerId = partner, how = "by-letter" } };
            },
            ["TellOfCorrection"] = async (privacy, account) =>
            {
                var (correction, partner, _) = await privacy.RectifiedAsync(account);
                return new(
                    $"/api/privacy/people/{account}/corrections/{correction}/tellings",
                    new { partnerId = partner, how = "by-letter" });
            },
            ["ListWithholdings"] = OfPerson("/withholdings"),
            ["OrderWithholding"] = OfPerson("/withholdings", new
            {
                openingGround = "case:1", ground = "statute", reference = "law:1", statement = "written",
                until = "2099-01-01T00:00:00Z",
            }),
            ["ApproveWithholding"] = async (privacy, account) =>
                new(await privacy.WithholdingAsync(account, "approval"), new { }),
            ["LiftWithholding"] = async (privacy, account) => new(await privacy.WithholdingAsync(account, "lifting"), new { }),
            ["ListHolds"] = OfPerson("/holds"),
            ["AskForHold"] = OfPerson("/holds", new { reason = "case:1" }),
            ["ApproveHold"] = async (privacy, account) => new(await privacy.HoldAsync(account, "approval"), new { }),
            ["AskForRelease"] = async (privacy, account) => new(await privacy.HoldAsync(account, "release"), new { }),
            ["WithdrawRelease"] = async (privacy, account) => new(await privacy.HoldAsync(account, "release")),
            ["ApproveRelease"] = async (privacy, account) => new(await privacy.HoldAsync(account, "release/approval"), new { }),

            ["ReadDisclosures"] = (_, account) => Is($"/api/privacy/people/{account}/disclosures"),
            ["PullFeed"] = async (privacy, partner) =>
            {
                await privacy.PartnerAsync(partner);
                return new("/api/partners/feed");
            },
            ["PullDuties"] = OfWebhook("duties"),
            ["ReadEventSchema"] = (_, _) => Is("/api/partners/schemas/com.eperfect.order.placed.v1.json"),
            ["ReadAsyncApi"] = (_, _) => Is("/api/partners/asyncapi.json"),
            ["ReadLag"] = OfWebhook("lag"),
            ["ReadAgreement"] = OfWebhook("agreement"),
            ["ListDeliveries"] = OfWebhook("deliveries"),
            ["SendTestEvent"] = OfWebhook("test-events", new { }),
            // A literal address: nobody has to be asked for it.
            ["OpenQueue"] = OfWebhook("queue", new { }),
            ["CloseQueue"] = OfWebhook("queue"),
            ["SetWebhook"] = OfWebhook("webhook", new { url = "https://1.1.1.1/events" }),
            ["ReadWebhook"] = OfWebhook("webhook"),
            ["RemoveWebhook"] = OfWebhook("webhook"),
            ["MakeWebhookSecret"] = OfWebhook("webhook/secret", new { }),
            ["ReplayWebhook"] = OfWebhook("webhook/replay", new { after = 0 }),
            ["RedeliverEvent"] = OfWebhook("webhook/redeliveries", new { eventId = PartnerSeeds.Told }),
            ["ListWebhookAttempts"] = OfWebhook("webhook/attempts"),
            ["AcknowledgeEvent"] = async (privacy, partner) =>
            {
                await privacy.PartnerAsync(partner);
                var (_, _, told) = await privacy.RectifiedAsync(Guid.CreateVersion7(), partner);
                return new("/api/partners/acknowledgements", new { eventId = told });
            },
            ["SetPartnerKey"] = async (privacy, partner) =>
            {
                await privacy.PartnerAsync(partner);
                using var key = new TestPartnerKey();
                return new("/api/partners/key", key.Public);
            },
            ["MakeSyntheticPerson"] = OfSandbox(_ => ""),
            ["FailSyntheticOrder"] = OfSandbox(person => $"/{person}/failed-order"),
            ["CorrectSyntheticPerson"] = OfSandbox(person => $"/{person}/correction"),
            ["CloseSyntheticAccount"] = OfSandbox(person => $"/{person}/closure"),
            ["WithdrawSyntheticConsent"] = OfSandbox(person => $"/{person}/withdrawal"),
            ["EraseSyntheticPerson"] = OfSandbox(person => $"/{person}/erasure"),
            ["RegisterPartner"] = (_, _) => Is("/api/partners/registry", new
            {
                company = "Example Ltd", kind = "accounting", mode = "live", erasureContact = "erasure@partner.example",
            }),
            ["ListPartners"] = (_, _) => Is("/api/partners/registry"),
            ["ReadPartner"] = OfPartner(""),
            ["ReadErasureContact"] = OfPartner("/erasure-contact"),
            ["ProposeAgreement"] = OfPartner("/proposals", PartnerSeeds.Terms),
            ["ApproveAgreement"] = OfPartner("/approvals", new { version = 2 }),
            ["NarrowAgreement"] = OfPartner("/agreement", PartnerSeeds.Terms),
            ["SuspendPartner"] = OfPartner("/suspension", new { reason = "security" }),
            ["ResumePartner"] = OfPartner("/suspension"),
            ["EndAgreement"] = OfPartner("/end", new { reason = "agreement-over" }),
        };

    private static Task<Call> Is(string path, object? body = null) => Task.FromResult(new Call(path, body));

    private static Func<TestService, Guid, Task<Call>> Account(string path, object? body = null) =>
        async (accounts, account) => new($"/api/accounts/{await accounts.OpenAccountAsync(account)}{path}", body);

    private static Func<TestService, Guid, Task<Call>> OfOrder(string path) => async (orders, account) =>
        new($"/api/orders/{await orders.CreateAsync(account, "/api/orders", Order(account))}{path}");

    private static Func<TestService, Guid, Task<Call>> OfDomain(string path, object? body = null) =>
        async (domains, account) => new($"/api/domains/{await domains.RegisterDomainAsync(account)}{path}", body);

    private static Func<TestService, Guid, Task<Call>> OfContact(Func<Guid, object?> body) => async (domains, account) => new(
        $"/api/domains/contacts/{await domains.CreateAsync(account, "/api/domains/contacts", Contact(account))}", body(account));

    private static Func<TestService, Guid, Task<Call>> Person(string path, object body) =>
        (_, account) => Is($"/api/privacy/people/{account}{path}", body);

    private static Func<TestService, Guid, Task<Call>> OfRequest(string path, object? body = null) =>
        async (privacy, account) => new(
            $"/api/privacy/people/{account}/requests/" +
            await privacy.CreateAsync(account, $"/api/privacy/people/{account}/requests", new { kind = "rectification" }) + path,
            body);

    private static Func<TestService, Guid, Task<Call>> OfPartnerClient(string path, object? body = null) =>
        async (accounts, partner) =>
            new($"/api/accounts/partners/{partner}/clients/{await accounts.PartnerClientAsync(partner)}{path}", body);

    private static Func<TestService, Guid, Task<Call>> OfPartner(string path, object? body = null) =>
        async (privacy, partner) => new($"/api/partners/registry/{await privacy.PartnerAsync(partner)}{path}", body);

    private static Func<TestService, Guid, Task<Call>> OfSandbox(Func<Guid, string> path) =>
        async (privacy, partner) =>
            new($"/api/partners/sandbox/people{path(await privacy.SyntheticPersonAsync(partner))}", new { });

    /// <summary>Under an address that names no partner: whoever asks, asks for the own.</summary>
    private static Func<TestService, Guid, Task<Call>> OfWebhook(string path, object? body = null) =>
        async (privacy, partner) =>
        {
            await privacy.WebhookAsync(partner);
            return new($"/api/partners/{path}", body);
        };

    private static Func<TestService, Guid, Task<Call>> OfExport(string path) => async (privacy, account) =>
        new($"/api/privacy/people/{account}/exports/{await privacy.ExportAsync(account)}{path}");

    private static Func<TestService, Guid, Task<Call>> OfPerson(string path, object? body = null) => async (privacy, account) =>
    {
        using var owner = privacy.As(privacy.Issuer.Owner(account));
        (await owner.PutAsync($"/api/privacy/people/{account}/consents/direct-mail", new { given = true, policySet = 1 }, null))
            .EnsureSuccessStatusCode();
        return new($"/api/privacy/people/{account}{path}", body);
    };

    internal static object Order(Guid account) => new
    {
        accountId = account, currency = "USD", paymentMethodToken = "tok_ok",
        items = new[] { new { product = "perfect-1", periodMonths = 12, quantity = 1 } },
    };

    private static object Contact(Guid account) => new
    {
        accountId = account, name = "A Person", email = "a@person.example", phone = "+12025550123",
        address = Address, publicityAcknowledged = true,
    };
}
