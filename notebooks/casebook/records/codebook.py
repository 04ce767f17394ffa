"""The codes of a claim: four questions, kept apart, each with its values.

Every value carries the question that decides it, an example and a near miss. The schema takes its
allowed values from here, and the codebook in data/ is printed from here: there is no second list.
"""

from typing import NamedTuple

UNIT = (
    "A claim is one thing that the text says is so: one actor, one act, one time. Two who act"
    " together (“the two leaders signed”) are one actor. Several objects of one act in one sentence"
    " (food, weapons and other goods) are one claim; an object that has another topic, or on which"
    " the texts part, is a claim of its own (military technology, S3 ¶10; Japan, S1 ¶10). Two verbs"
    " for one thing done (“solidify … and deepen”, S4 ¶3) are one act. A second actor, a second act"
    " or another time makes a second claim. Captions, credits, headlines, asides and jokes make"
    " claims too. The claim is told in our words; the code says what the text does, not what the"
    " claim's wording suggests."
)


class Value(NamedTuple):
    """One value of a code: its name, the test question, an example, and a near miss with its right
    value.
    """

    name: str
    test: str
    example: str
    near_miss: str


CODES: dict[str, tuple[str, tuple[Value, ...]]] = {
    "voice": (
        "How does the text put it?",
        (
            Value(
                "quoted",
                "Does the text give the predicate of this claim, what is said of its subject,"
                " inside quotation marks? Cover the marks and what is in them: does the rest break"
                " off (“wished him …”, “called them …”)?",
                "Kim said that the friendship stood on “a new high stage” (S0 ¶9)",
                "Covered, the rest still says it (“its … would last”): paraphrased. A"
                " single term whose speaker is not named: outlet; a whole phrase without a speaker:"
                " quoted",
            ),
            Value(
                "paraphrased",
                "Does the text lean on somebody (a person, an agency, “officials”, “reports”, “one"
                " count”) and tell in its own words what they said, wrote, found, pledged, wished"
                " or praised?",
                "Kim named the victory over Japan as the root of the friendship (S1 ¶7)",
                "A source is named for the next sentence only: outlet",
            ),
            Value(
                "outlet",
                "Does the text say it in its own name, with nobody to lean on?",
                "Relations suffered when the Soviet Union fell (S1 ¶12)",
                "“according to state media” stands in the same sentence: paraphrased; the remark"
                " that they reported it, or what they left out: outlet. What a document provides or"
                " pledges, told with nobody to lean on: outlet. A statement that is issued for"
                " somebody whom it names: paraphrased",
            ),
        ),
    ),
    "stance": (
        "How firmly is it said, and on which side of a charge?",
        (
            Value(
                "asserted",
                "Is it said flatly, as so?",
                "The two leaders signed a pact (S2 ¶2)",
                "“believed to”, “may”, “would indicate”: hedged. A judge's or scholar's “I think”"
                " is how people speak: asserted",
            ),
            Value(
                "hedged",
                "Does a word in the sentence hold open what is claimed (may, could, possibly,"
                " believed, thought, likely, appears, would indicate; officials “worry” that it"
                " will)?",
                "Russia is thought to give money and basic supplies in return (S3 ¶10)",
                "A prediction made flatly: asserted. A cautious charge by a named accuser: alleged",
            ),
            Value(
                "alleged",
                "Is it a charge of wrongdoing or of secret conduct against a party (Russia or North"
                " Korea), resting on an accuser the text names?",
                "South Korean and Western agencies: troops were sent (S3 ¶10)",
                "The same charge with no accuser, a charge against anybody else, a worry, a"
                " forecast or an “if”: hedged if a word holds it open, else asserted",
            ),
            Value(
                "denied",
                "Does the one accused say that it is not so?",
                "Both states have denied the allegations (S2 ¶11)",
                "A refusal to comment on rumours (F400): neither",
            ),
            Value(
                "neither",
                "Does the one accused answer without confirming or denying?",
                "Asked about satellite images, Putin did not say yes or no (F074)",
                "“If there is such a thing”, it would be lawful (F228): neither, not admitted",
            ),
            Value(
                "admitted",
                "Does the one accused say that it is so?",
                "In April 2025 Russia said that North Korean soldiers fought in Kursk, and North"
                " Korea that it had sent soldiers (F076, F077)",
                "Somebody else confirms it: alleged if the text names who, else asserted",
            ),
        ),
    ),
    "role": (
        "What work does it do in the text?",
        (
            Value(
                "news",
                "Is it part of what the text reports as having just happened or been said?",
                "Messages were exchanged on Monday (S0 ¶3)",
                "An older event told to explain the new one: background. A joking tone does not"
                " make news an opinion. Who published the words, and what was not said, is part of"
                " the news",
            ),
            Value(
                "background",
                "Is it an older or standing fact, its cause, course or terms, or a comparison of"
                " two such facts, told so that the news can be understood?",
                "Liberation Day recalls the retreat of Japanese forces (S0 ¶14)",
                "A sentence that weighs the older fact (what it shows, amounts to, was used for):"
                " interpretation",
            ),
            Value(
                "interpretation",
                "Does it say why the news happened, what a word stands for, or what a fact, old or"
                " new, means, shows or amounts to?",
                "“Hostile forces” stands for the United States and its allies (S1 ¶10)",
                "It praises, blames or mocks: opinion. It tells an older fact's cause, course or"
                " terms: background",
            ),
            Value(
                "opinion",
                "Does it judge, praise, blame, joke or urge, so that nothing is left of it without"
                " the judging or joking word?",
                "The two grasp at any lifeline (S4 ¶7)",
                "A judgement quoted from a named expert: interpretation, origin expert",
            ),
            Value(
                "artefact",
                "Does it belong to the making of the page (caption, credit, link, advertisement,"
                " repeated line)?",
                "A picture caption dated April 2019 (S0 ¶2)",
                "A bullet point that sums the story up: news",
            ),
        ),
    ),
    "origin": (
        "Who does it rest on, as its sentence shows it?",
        (
            Value(
                "leader_or_state_media",
                "Does it rest on the leader of a party (Russia or North Korea), or on a party's"
                " state media?",
                "Putin's wish, by Rodong Sinmun (S0 ¶8)",
                "A minister or an embassy of a party, or “Russia said”, “Russia vows” with no"
                " person in the sentence: officials",
            ),
            Value(
                "officials",
                "Does it rest on other officials of a party?",
                "A foreign ministry in Moscow or Pyongyang",
                "Officials of any other state: other state",
            ),
            Value(
                "other_state",
                "Does it rest on officials or intelligence of a state that is not a party, or of an"
                " alliance of such?",
                "US and South Korean officials worry (S2 ¶10)",
                "A former official speaking for himself: expert",
            ),
            Value(
                "expert",
                "Does it rest on a named person or body speaking as one who knows the field?",
                "Michael McFaul, a former ambassador (S2 ¶8)",
                "A body that only counts: data counter",
            ),
            Value(
                "data_counter",
                "Does it rest on a count, a database or a survey?",
                "“By one count”, 5,532 sanctions (S0 ¶11)",
                "A number with nobody behind it: none named",
            ),
            Value(
                "none_named",
                "Does the text name nobody for it?",
                "Both are among the most sanctioned economies (S0 ¶10)",
                "“a paper printed it”, as the outlet's own remark: none named too; “reports"
                " say”: none named, stance hedged",
            ),
        ),
    ),
}


# Beside the values: what a table's cell has no room for. Printed in data/codebook.md below the four
# codes.
RULES: dict[str, str] = {
    "A noun phrase in marks (voice)": (
        "Cover the marks and what is in them. If the rest still says what is done or will be"
        " (“its … would last”), the marks hold only a name for it: paraphrased. If the"
        " rest breaks off (“wished him …”, “called them …”, “shared …”), the covered words are what"
        " is said: quoted, be it a single noun. This asks for words put down to a speaker. Without"
        " one, a single term stays the outlet's, and a whole phrase is quoted."
    ),
    "A pledge told without “said” (voice, stance, origin)": (
        "A pledge, vow, promise, wish, praise or thanks is a way of saying: the text leans on the"
        " one who makes it, so paraphrased (or quoted) and asserted, with the name as printed in"
        " `attributed_to`. What a document pledges stays the outlet's voice. The sentence itself"
        " decides the origin (a pronoun counts, and so does a quotation that runs on): “Russia"
        " vows”, with no person in it, is officials."
    ),
    "Background or interpretation (role)": (
        "An older or standing fact, its cause or course, its terms (in return for what), or a"
        " comparison of two such facts is background, however it is explained. A sentence that"
        " weighs a fact, old or new (what it shows, amounts to, turned or was used for, what a word"
        " stands for), is interpretation."
    ),
    "Remarks on the source, and on what was not said (voice, role, origin)": (
        "Who published, translated or withheld the words, or what a letter does not say, is the"
        " outlet's own observation, though somebody is named in it: outlet, asserted, none_named."
        " It is news where it belongs to the exchange that is told, background where it says what a"
        " source is in general (that an agency is run by a state)."
    ),
    "What a party is (stance, origin)": (
        "A party is Russia or North Korea: its leader, government, army or state media. A charge"
        " against anybody else (the West, China) is hedged if a word holds it open, else asserted,"
        " and so is a worry, a forecast or an “if”, which charges nobody with an act. An accuser is"
        " named where a person, an office or a group could be asked (“Western intelligence"
        " agencies”); “reports” or “is believed” is nobody."
    ),
    "A document that is itself the speaker (voice, origin)": (
        "A statement, a letter or a law has no outlet beside it. What it says in its own name is"
        " the outlet's voice, and names nobody. A statement that is issued for somebody whom it"
        " names (“the Secretary-General is very concerned”) leans on that person to its end, unless"
        " it names another: paraphrased, and the origin is that person's, or no value if none fits."
        " Marks that we put around its words, because we tell the rest in ours, do not count."
    ),
    "What a sentence takes for granted (voice, role)": (
        "It is the outlet's own, asserted, and has a role of its own, also inside words put down to"
        " somebody: an older or standing fact is background; the news under another word (“the"
        " alliance”, S2 ¶4) is news. A headline that sums the whole story up is news; a subheading"
        " is coded like any sentence."
    ),
}


def names(code: str) -> tuple[str, ...]:
    """The allowed values of ``code`` (voice, stance, role or origin)."""
    return tuple(value.name for value in CODES[code][1])


TOPICS: dict[str, str] = {
    "exchange": "the messages themselves: that, when and how they were sent",
    "relations": "how the ties between the two states are described, promised or foreseen",
    "hostile_forces": "who threatens whom, and who is meant",
    "war": "the war against Ukraine and support for it",
    "sanctions": "sanctions: counts, effects, opposition to them",
    "isolation": "standing in the world; ties with third countries",
    "recognition": "recognition of states, and relations broken off over it",
    "holiday": "Liberation Day and what it commemorates",
    "history": "the two states' earlier relations",
    "meeting": "meetings in person and visits",
    "treaty": "the treaty of 2024 and earlier treaties",
    "arms": "weapons, ammunition and their technology: passed on, bought or held",
    "troops": "soldiers and workers sent",
    "united_nations": "votes, vetoes and resolutions",
    "weapons_tests": "tests, launches, rounds and missiles",
    "health": "health and COVID-19",
    "us_politics": "presidents of the United States",
    "media": "the page itself: captions, credits, links, residue",
}
