"""A fictional story and its page as a plain-text dump, for tests of reading pages."""

PARAGRAPHS = (
    "RIVERMOUTH, Westland -- The river that gave the town its name has reached the doors of the town hall, and the "
    "mayor has asked people who live near the harbour to leave their houses before night falls.",
    "Mayor Ann Doe told reporters on Thursday that the pumps had worked since the weekend, but that the water was "
    "rising faster than they could carry it away, and that the army had been called.",
    '"We have seen floods before, and we have always come back," she said, adding that schools would stay closed until '
    "Monday.",
    "The weather office in the capital said that more rain was to be expected, although the wind would turn to the "
    "north and the worst of the storm would have passed by Saturday.",
    "Officials of the district, who met in the evening, said that they had not yet counted the damage, but that it "
    "would be greater than that of the flood of four years ago.",
)
MENU = ("Skip to main content", "Home", "World", "Sport", "Search")
NOTICE = "© 2005 Harbour Daily. All rights reserved."
FOOT = ("Top Stories", "Council votes on new bridge", "Team wins at last", "About us", NOTICE)


def dump(*middle):
    """The story's page as lines of text, with `middle` between headline and footer."""
    head = "\n".join(MENU) + "\n\nRiver floods Rivermouth town hall\n\n"
    return head + "\n\n".join(middle) + "\n\n" + "\n".join(FOOT)
