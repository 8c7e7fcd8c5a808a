using EPerfect.Privacy;
using EPerfect.Privacy.Policy;
using EPerfect.ServiceDefaults;

return args is ["controls", var reports]
    ? await ReportsCommand.RunAsync(reports, Console.Out)
    : await ServiceHost.RunAsync(PrivacyModule.Define(), args);
