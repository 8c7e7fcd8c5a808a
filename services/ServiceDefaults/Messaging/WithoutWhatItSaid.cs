using MassTransit;

namespace EPerfect.ServiceDefaults;

/// <summary>A message that kept failing lies in the error queue, for up to 90 days, with the kind of exception and where it was
/// thrown; not with the exception's message, which may quote what is sealed.</summary>
internal sealed class WithoutWhatItSaid : IFilter<ExceptionReceiveContext>
{
    public Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        context.ExceptionHeaders.Set(MessageHeaders.FaultMessage, "");
        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("without-what-it-said");
}
