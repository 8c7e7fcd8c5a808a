using EPerfect.Operations.Actions;
using EPerfect.Operations.Asking;
using EPerfect.Operations.Due;
using EPerfect.Operations.Effects;
using EPerfect.Operations.Health;
using EPerfect.Operations.Lag;
using EPerfect.Operations.Messages;
using EPerfect.Operations.Pages;
using EPerfect.Operations.Stories;
using EPerfect.Operations.Traces;
using EPerfect.ServiceDefaults;

namespace EPerfect.Operations;

/// <summary>What operators see, and where it is asked for. Nothing is kept here.</summary>
internal static class OperationsModule
{
    public static ServiceDefinition Define() => new ServiceDefinition("operations")
        .WithoutStore()
        .Services(services =>
        {
            services.AddAsking().AddScoped<GatherStory>().AddScoped<TellStory>().AddSingleton<TraceFiles>();
            PagesModule.Add(services);
        })
        .Endpoints(app =>
        {
            var operations = app.MapGroup("/api/operations").WithTags("Operations").Allow(Access.Of(StaffRole.Operator));
            ReadStory.Map(operations);
            SwitchEffects.Map(operations);
            ReadHealth.Map(operations);
            ReadLag.Map(operations);
            ReadQueues.Map(operations);
            ReadFailedMessages.Map(operations);
            MoveFailedMessages.Map(operations);
            ReadStuck.Map(operations);
            ResumeStuck.Map(operations);
            ReadTraces.Map(operations);
            ReadActions.Map(operations);
            PagesModule.Map(app);
        });
}
