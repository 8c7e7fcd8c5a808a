namespace EPerfect.PersonalData;

/// <summary>A restriction of a subject's group, or its end.</summary>
/// <param name="Subject">Whose data.</param>
/// <param name="Group">Which of it.</param>
/// <param name="IsRestricted">Which of the two.</param>
/// <param name="Order">Of several for one subject's group the one with the highest number holds.</param>
public sealed record RestrictionOrder(Guid Subject, DataGroup Group, bool IsRestricted, long Order);
