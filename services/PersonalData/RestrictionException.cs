namespace EPerfect.PersonalData;

/// <summary>On what grounds restricted data may be read all the same (GDPR Art. 18(2)). There are no others.</summary>
public enum RestrictionException
{
    /// <summary>The person has consented.</summary>
    ConsentOfThePerson = 1,

    /// <summary>To establish, exercise or defend legal claims.</summary>
    LegalClaims = 2,

    /// <summary>To protect the rights of another person.</summary>
    RightsOfAnotherPerson = 3,

    /// <summary>An important public interest of the Union or a member state.</summary>
    ImportantPublicInterest = 4,
}
