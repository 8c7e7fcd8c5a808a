using EPerfect.Accounts.ApiClients;
using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.Erasure;
using EPerfect.Accounts.Mail;
using EPerfect.Accounts.Members;
using EPerfect.Accounts.OpenId;
using EPerfect.Accounts.Pages;
using EPerfect.Accounts.PartnerClients;
using EPerfect.Accounts.PersonalDetails;
using EPerfect.Accounts.Policies;
using EPerfect.Accounts.Policies.Reactions;
using EPerfect.Accounts.Restriction;
using EPerfect.Accounts.Staff;
using EPerfect.Accounts.Sweeping;
using EPerfect.ServiceDefaults;
using C = EPerfect.Contracts.Accounts;
using P = EPerfect.Contracts.Privacy;

namespace EPerfect.Accounts;

internal static class AccountsModule
{
    public static ServiceDefinition Define() => new ServiceDefinition("accounts")
        .Json(AccountsJson.Default)
        .Event<AccountOpened>("account_opened")
        .Event<ProfileChanged>("profile_changed")
        .Event<BillingDetailsChanged>("billing_details_changed")
        .Event<AccountClosed>("account_closed")
        .Event<PolicySetLearned>("policy_set_learned")
        .Stream<Account>()
        .Stream<KnownPolicySets>()
        .WithMail()
        .Deadlines(AccountsDeadlines.Of)
        .Publishes<C.AccountOpened>(C.AccountOpened.Name)
        .Publishes<C.ProfileChanged>(C.ProfileChanged.Name)
        .Publishes<C.BillingDetailsChanged>(C.BillingDetailsChanged.Name)
        .Publishes<C.AccountClosed>(C.AccountClosed.Name)
        .DeclaresData<C.DataDeclared>()
        // Not said any more; what older releases said may still be under way.
        .Publishes<C.PersonalDataOpened>(C.PersonalDataOpened.Name)
        .TellsOfOpenings<C.PersonalDataOpenedV2>()
        .EnclosesForPartners<C.PartnerDataEnclosed, AccountParts>()
        .Outbound(Outbound.Map)
        .Reacts<P.PolicySetPublished, PolicySetPublishedReaction>(P.PolicySetPublished.Name)
        .Marten(options => options.Schema.For<EmailClaim>().Index(claim => claim.AccountId))
        .WithMembers()
        .WithApiClients()
        .WithPartnerClients()
        .WithStaff()
        .WithErasure()
        .WithRestriction()
        .HoldsByOrder<C.LegalHoldApplied>()
        .WithSweeping()
        .Services(CredentialsSetup.Add)
        .Services(OpenIdSetup.Add)
        .Services(PagesModule.Add)
        .Endpoints(app =>
        {
            var accounts = app.MapGroup("/api/accounts").WithTags("Accounts");
            OpenAccount.Map(accounts);
            ReadAccount.Map(accounts);
            ChangeProfile.Map(accounts);
            ChangeBillingDetails.Map(accounts);
            CloseAccount.Map(accounts);
            ReadHistory.Map(accounts);
            MembersModule.Map(accounts);
            ApiClientsModule.Map(accounts);
            PartnerClientsModule.Map(accounts);
            StaffModule.Map(accounts);
            ReadActivity.Map(accounts);
            PagesModule.Map(app);
        });
}
