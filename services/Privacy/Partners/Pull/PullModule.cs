using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Pull;

internal static class PullModule
{
    public static ServiceDefinition WithPull(this ServiceDefinition definition) => definition
        .Services(services => services.AddScoped<PullFeed>().AddSingleton<LongPolls>())
        .Endpoints(app =>
        {
            var partners = app.MapGroup("/api/partners").WithTags("Partners");
            PullFeed.Map(partners);
            PullDuties.Map(partners);
        });
}
