namespace EPerfect.Contracts.Privacy;

/// <summary>A retention rule that a service executes (GDPR Art. 5(1)(e)).</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Trigger">What the period begins with, such as <c>AccountClosed</c>.</param>
/// <param name="Period">The period, ISO 8601, such as <c>P90D</c>.</param>
/// <param name="Ground">Why so long.</param>
/// <param name="By">The part of the service that executes it.</param>
public sealed record ExecutedRule(string Rule, string Trigger, string Period, string Ground, string By);
