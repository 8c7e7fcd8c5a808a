namespace EPerfect.Gateway;

/// <summary>How many requests in how many seconds.</summary>
internal sealed record Quota(int Requests, int Seconds);

/// <summary>What is left of a quota after this request, and after how many seconds it is whole again.</summary>
internal readonly record struct Balance(string Class, Quota Quota, bool Allowed, int Left, int ResetSeconds);
