using EPerfect.Operations;
using EPerfect.ServiceDefaults;

return await ServiceHost.RunAsync(OperationsModule.Define(), args);
