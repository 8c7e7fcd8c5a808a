using EPerfect.Accounts;
using EPerfect.Accounts.ApiClients;
using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.Members;
using EPerfect.Accounts.PersonalDetails;
using EPerfect.Accounts.Staff;
using EPerfect.Domains.Names;
using EPerfect.Domains.Registration;
using EPerfect.PersonalData;
using EPerfect.Privacy.Register.Recording;
using EPerfect.Privacy.Requests.Erasure;
using EPerfect.Privacy.Requests.Erasure.Recipients;
using EPerfect.Privacy.Requests.Exports;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Marten;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Architecture.Tests;

/// <summary>What exists and belongs to an account, so that an operation has something to act on.</summary>
internal static class Seeds
{
    /// <summary>The owner of each account that is opened here.</summary>
    public static readonly Guid Owner = Guid.CreateVersion7();

    /// <summary>A member of each account that is opened here, for billing.</summary>
    public static readonly Guid Member = Guid.CreateVersion7();

    /// <summary>Another member of each, for billing.</summary>
    public static readonly Guid Billing = Guid.CreateVersion7();

    /// <summary>Another member of each, technical.</summary>
    public static readonly Guid Technical = Guid.CreateVersion7();

    /// <summary>Who stands in the roster of Accounts, by role.</summary>
    public static readonly IReadOnlyDictionary<string, Guid> Staff =
        ((string[])["support", "billing", "privacy-officer", "legal", "operator"])
            .ToDictionary(role => role, _ => Guid.CreateVersion7(), StringComparer.Ordinal);

    /// <summary>The address that each has.</summary>
    public static string EmailOf(Guid account) => $"{account:N}@person.example";

    /// <summary>An open invitation to each.</summary>
    public static Guid InvitationTo(Guid account) => new([.. account.ToByteArray().Reverse()]);

    /// <summary>What the mail of that invitation carries.</summary>
    public static string InvitationTokenTo(this TestService accounts, Guid account) =>
        accounts.Services.GetRequiredService<InvitationToken>().Make(account, InvitationTo(account));

    /// <summary>A program that each has let in.</summary>
    public static Guid ProgramOf(Guid account) => DeterministicId.From(account, "program");

    public static async Task<Guid> OpenAccountAsync(this TestService accounts, Guid account)
    {
        var vault = accounts.Services.GetRequiredService<Vault>();
        var now = DateTimeOffset.UtcNow;
        var address = new PostalAddress(["1 Lane"], "Tallinn", "EE", null, "10111");
        var opened = new AccountOpened(
            account,
            "customer",
            await vault.SealAsync(account, new Identity("A Person"), default),
            await vault.SealAsync(account, new Contact(EmailOf(account), "+12025550123", address), default),
            1,
            now,
            Owner);
        var invited = await vault.SealAsync(InvitationTo(account), new InvitedAddress("b@person.example"), default);
        var name = await vault.SealAsync(account, new ApiClientName("nightly"), default);
        await accounts.HappenedAsync<Account>(
            account,
            opened,
            new ApiClientCreated(ProgramOf(account), name, ["orders:read"], ExpiresAt: null, now),
            new MemberInvited(InvitationTo(account), "billing", invited, now, now.AddDays(7)),
            new MemberJoined(Member, "billing", Guid.CreateVersion7(), now),
            new MemberJoined(Billing, "billing", Guid.CreateVersion7(), now),
            new MemberJoined(Technical, "technical", Guid.CreateVersion7(), now));
        await using var session = accounts.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        session.Insert(new EmailClaim(accounts.Services.GetRequiredService<BlindIndex>().ForEmail(EmailOf(account)), account));
        await session.SaveChangesAsync();
        return account;
    }

    public static async Task<Guid> SignUpAsync(this TestService accounts)
    {
        await using var scope = accounts.Services.CreateAsyncScope();
        var (login, result) = await scope.ServiceProvider.GetRequiredService<Logins>()
            .CreateAsync($"{Guid.NewGuid():N}@person.example", Guid.NewGuid().ToString("N"), verified: true, default);
        result.Succeeded.ShouldBeTrue();
        // Else nobody would appoint them.
        await scope.ServiceProvider.GetRequiredService<UserManager<Login>>().SetTwoFactorEnabledAsync(login, enabled: true);
        return login.Id;
    }

    /// <summary>Lets this person sign in with this address.</summary>
    public static async Task SignUpAsync(this TestService accounts, Guid person, string email)
    {
        await using var scope = accounts.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var address = await services.GetRequiredService<Vault>().SealAsync(person, new SignInAddress(email), default);
        var place = services.GetRequiredService<BlindIndex>().ForEmail(email);
        var login = new Login(person, place, address, DateTimeOffset.UtcNow) { EmailConfirmed = true };
        (await services.GetRequiredService<UserManager<Login>>().CreateAsync(login)).Succeeded.ShouldBeTrue();
    }

    public static async Task AppointAllAsync(this TestService accounts)
    {
        foreach (var (role, person) in Staff)
        {
            await accounts.Services.GetRequiredService<Writer>().WriteAsync(
                StaffRoster.TheOne,
                "test",
                (work, ct) => StaffRoster.AppointAsync(work, actor: null, person, [role], DateTimeOffset.UtcNow, ct),
                default);
        }
    }

    public static HttpClient Operator(this TestService accounts) =>
        accounts.As(accounts.Issuer.Token($"{Staff[StaffRoster.Operator]:D}", staff: [StaffRoster.Operator]));

    public static async Task<Guid> AppointAsync(this TestService accounts)
    {
        var login = await accounts.SignUpAsync();
        using var staff = accounts.Operator();
        (await staff.PostWithKeyAsync("/api/accounts/staff", new { loginId = login, roles = new[] { "support" } }))
            .EnsureSuccessStatusCode();
        return login;
    }

    public static async Task<string> RegisterDomainAsync(this TestService domains, Guid account)
    {
        var name = $"d{account:N}.com";
        var now = DateTimeOffset.UtcNow;
        var asked = new RegistrationRequest(
            Guid.CreateVersion7(), Guid.CreateVersion7(), account, name, 1, Guid.CreateVersion7(),
            ["ns1.a.example", "ns2.a.example"]);
        await domains.HappenedAsync<Domain>(
            DomainId.Of(DomainName.Parse(name)),
            new RegistrationStarted(asked, now),
            new DomainRegistered(
                name, "handle", account, asked.OrderId, asked.ItemId, asked.ContactId, asked.Nameservers, now, now.AddYears(1)));
        return name;
    }

    /// <summary>Somebody has seen data of the account: it stands in the register and is signed for.</summary>
    public static async Task<Guid> OpenedAsync(this TestService privacy, Guid account)
    {
        var opening = Guid.CreateVersion7();
        var register = privacy.Services.GetRequiredService<RecordOpening>();
        await privacy.Services.GetRequiredService<Writer>().WriteAsync(
            opening,
            "test",
            async (work, token) =>
            {
                await register.RecordAsync(
                    work,
                    new OpeningRecorded(opening, account, "accounts", DateTimeOffset.UtcNow, Details: null),
                    new OpeningDetails("user/a", "technical", ["contact"], "membership", "role:technical", "ReadContact"),
                    token);
                return Decision.Nothing;
            },
            default);
        using var officer = privacy.As(privacy.Issuer.Token(staff: ["privacy-officer"]));
        using var owner = privacy.As(privacy.Issuer.Owner(account));
        await Until.TrueAsync(
            async () =>
            {
                (await officer.PostWithKeyAsync("/api/privacy/register/checkpoints", null)).EnsureSuccessStatusCode();
                return (await owner.GetAsync($"/api/privacy/people/{account}/openings/{opening}/proof")).IsSuccessStatusCode;
            },
            "the opening is signed for");
        return opening;
    }

    public static async Task<string> ErasureAsync(this TestService privacy, Guid account, string what)
    {
        var path = $"/api/privacy/people/{account}/requests";
        var request = await privacy.CreateAsync(account, path, new { kind = "erasure" });
        return $"/api/privacy/{what}/{DeterministicId.From(request, "erasure")}";
    }

    /// <summary>An erasure that one place stops.</summary>
    public static async Task<Guid> StoppedErasureAsync(this TestService privacy, Guid account)
    {
        var (id, now) = (Guid.CreateVersion7(), DateTimeOffset.UtcNow);
        await privacy.HappenedAsync<ErasureOfPerson>(
            id,
            new ErasureOrdered(id, RequestId: null, account, now),
            new StoreStopped("accounts", [new FoundAt("store.mt_events", "headers", 1, "note")], now, 3, now));
        return id;
    }

    /// <summary>An erasure that waits for a partner.</summary>
    public static async Task<(Guid Erasure, Guid Partner)> UnansweredErasureAsync(this TestService privacy, Guid account)
    {
        var (id, now) = (Guid.CreateVersion7(), DateTimeOffset.UtcNow);
        var partner = await privacy.PartnerAsync(Guid.CreateVersion7());
        await privacy.HappenedAsync<ErasureOfPerson>(
            id,
            new ErasureOrdered(id, RequestId: null, account, now),
            new RecipientsTold([new ErasureRecipient(partner, "Example Ltd")], now.AddDays(14), now));
        return (id, partner);
    }

    /// <summary>An export that staff began: it is for whichever owner comes first.</summary>
    public static async Task<Guid> ExportAsync(this TestService privacy, Guid account)
    {
        var (id, now) = (Guid.CreateVersion7(), DateTimeOffset.UtcNow);
        await privacy.HappenedAsync<Export>(
            id, new ExportGranted(id, id, account, LoginId: null, ExportKinds.Access, now));
        return id;
    }

    public static async Task<Guid> CreateAsync(this TestService service, Guid account, string path, object body)
    {
        using var owner = service.As(service.Issuer.Owner(account));
        var answer = await owner.PostWithKeyAsync(path, body);
        ((int)answer.StatusCode).ShouldBe(201, await answer.Content.ReadAsStringAsync());
        return (await answer.JsonAsync())["id"]!.GetValue<Guid>();
    }

    public static Task<Decision> HappenedAsync<T>(this TestService service, Guid stream, params object[] events)
        where T : class => service.Services.GetRequiredService<Writer>().WriteAsync(
            stream,
            "test",
            (work, _) =>
            {
                work.Start<T>(stream, events);
                return Task.FromResult(Decision.Nothing);
            },
            default);
}
