using EPerfect.Accounts.Mail;
using EPerfect.Accounts.Staff;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace EPerfect.Accounts.Credentials;

/// <summary>Adds logins: ASP.NET Core Identity on its own schema, and the cookies of its pages.</summary>
internal static class CredentialsSetup
{
    public static void Add(IServiceCollection services)
    {
        services.AddDbContextPool<IdentityDatabase>((provider, options) =>
            IdentitySchema.Configure(options, provider.GetRequiredService<NpgsqlDataSource>()));
        // Before all others: what starts later reads these tables, data protection first of all.
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService, IdentitySchema>());
        services.AddSingleton<Wrapping>();
        services.AddScoped<Logins>();
        services.AddDataProtection().SetApplicationName("eperfect-accounts").PersistKeysToDbContext<IdentityDatabase>();

        services.AddIdentityCore<Login>(Configure)
            .AddUserStore<LoginStore>()
            .AddSignInManager()
            .AddDefaultTokenProviders();
        services.AddAuthentication().AddIdentityCookies();
        Name(services, IdentityConstants.ApplicationScheme, "eperfect.session");
        Name(services, IdentityConstants.TwoFactorUserIdScheme, "eperfect.second-factor");
        services.PostConfigure<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme, Sessions.Configure);
        services.AddAntiforgery();
        services.AddOptions<AntiforgeryOptions>().Configure<IConfiguration>((options, configuration) =>
            Restrict(options.Cookie, "eperfect.antiforgery", configuration));
        AddWaysIn(services);
    }

    private static void AddWaysIn(IServiceCollection services)
    {
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = Passwords.Iterations);
        services.AddOptions<IdentityPasskeyOptions>().Configure<IConfiguration>(Passkeys.Configure);
        services.TryAddScoped<IPasskeyHandler<Login>, PasskeyHandler<Login>>();
        BreachedPasswords.Add(services);
        services.AddSingleton<Passwords>().AddSingleton<Resting>().AddSingleton<KnownDevices>().AddSingleton<MailLinks>();
        services.AddScoped<PasswordRules>().AddScoped<Attempts>().AddScoped<Activity>().AddScoped<Sessions>()
            .AddScoped<Authenticators>().AddScoped<Passkeys>().AddScoped<SigningIn>().AddScoped<SignedInElsewhere>()
            .AddScoped<ProvingAddresses>()
            .AddScoped<FollowSignIn>().AddScoped<ChangingPasswords>().AddScoped<AddingFactors>().AddScoped<Letters>();
        services.AddMail<ProveAddressMail>(LetterKinds.ProveAddress).AddMail<ResetPasswordMail>(LetterKinds.ResetPassword);
        foreach (var kind in Notice.Kinds) services.AddMail<Notice>(kind);
        services.AddSingleton<CatchUpWithMoves>()
            .AddHostedService(provider => provider.GetRequiredService<CatchUpWithMoves>());
        services.AddScoped<IStaffRoles, StaffRoles>();
    }

    public static void Configure(IdentityOptions options)
    {
        // The first version of Identity's tables that knows passkeys.
        options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        // Length is what makes a password strong; rules of composition make it predictable (NIST SP 800-63B).
        options.Password = new PasswordOptions
        {
            RequiredLength = PasswordRules.Shortest,
            RequireDigit = false,
            RequireLowercase = false,
            RequireNonAlphanumeric = false,
            RequireUppercase = false,
            RequiredUniqueChars = 1,
        };
    }

    private static void Name(IServiceCollection services, string scheme, string name) => services
        .AddOptions<CookieAuthenticationOptions>(scheme)
        .Configure<IConfiguration>((options, configuration) =>
        {
            Restrict(options.Cookie, name, configuration);
            options.LoginPath = "/identity/sign-in";
            options.AccessDeniedPath = "/identity/sign-in";
            options.ReturnUrlParameter = "returnUrl";
        });

    private static void Restrict(CookieBuilder cookie, string name, IConfiguration configuration)
    {
        cookie.Name = Issuer.Cookie(configuration, name);
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.Path = "/";
        cookie.SecurePolicy = Issuer.IsSecure(configuration) ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
    }
}
