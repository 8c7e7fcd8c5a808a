using EPerfect.Privacy;
using EPerfect.ServiceDefaults;

return await ServiceHost.RunAsync(PrivacyModule.Define(), args);
