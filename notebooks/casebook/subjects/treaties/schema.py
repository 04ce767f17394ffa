"""Treaties: acts, articles, clauses, how they ended, what they oblige to."""

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, Field, model_validator

from casebook.records.base import Addresses, Date, Day, Maybe, Row, SearchId, Text


class Act(
    Row,
    table="treaty_acts",
    title="Dated acts in the life of a treaty",
    part="acts",
    key=("treaty_id", "date", "by"),
    of="Treaty",
    public="address",
):
    """A dated act in a treaty's life."""

    date: Day = Field(description="When it was done")
    kind: Literal["signed", "published", "ratified", "in force"] = Field(
        description="What it was; 'ratified' for each step by which a state binds itself"
    )
    by: Literal["both", "Russia", "North Korea"] = Field(description="Which state acted")
    act: Text = Field(description="What was done, in a sentence")
    label: Text = Field(description="Two to four words for the picture")
    address: Addresses = Field(description="Where that stands")


class Article(
    Row,
    table="treaty_articles",
    title="The articles of a treaty, and how much of each could be read",
    part="texts",
    key=("treaty_id", "article"),
    search=True,
    hides=("search",),
    of="Treaty",
    public="address",
):
    """An article of a treaty, and how much of it could be read."""

    RESTS_ON_ITS_TREATYS_SEARCH: ClassVar[bool] = True

    article: Annotated[int, Field(ge=1, le=200)] = Field(description="Its number")
    seen: Literal["wording", "content", "field only", "not seen"] = Field(
        description=(
            "Some of its wording, in any language; its content; a field that may be its own;"
            " nothing"
        )
    )
    address: Annotated[Addresses | None, Maybe] = Field(None, description="Where that stands")
    about: Text = Field(description="What it is about, as far as seen")


class Clause(
    Row,
    table="clauses",
    title="Published versions of the clauses that speak of a threat or an attack",
    part="clauses",
    rights=(
        "The quoted wording remains its publishers' and translators'; the selection and the coding"
        " are ours."
    ),
    of="Treaty",
    public="address",
):
    """One published version of a clause that speaks of a threat or an attack."""

    clause_id: Annotated[str, Field(pattern=r"^C\d{4}-\d{1,2}[a-z]?$")] = Field(
        description="Identifier, C2024-4a: treaty, article or place, version"
    )
    article: Annotated[Text | None, Maybe] = Field(
        None, description="Its article; empty where no number was seen"
    )
    version: Text = Field(description="Whose English it is")
    situation: Literal["threat", "attack"] = Field(description="What it speaks of")
    on_whom: Literal["either party"] = Field(description="Whom that must befall")
    by_whom: Literal["one or several states", "a third state (by a paper)", "not named"] = Field(
        description="Who must be behind it"
    )
    follows: Literal["consult", "help"] = Field(description="What the parties then do")
    at_request: Literal["yes", "no", "not known"] = Field(
        description=(
            "Whether it waits for a party's request; 'not known' where the quotation has a gap"
        )
    )
    qualifications: Annotated[Text | None, Maybe] = Field(
        None,
        description=(
            "What the duty is tied to in the clause, parted by '; '; empty: nothing in what was"
            " seen"
        ),
    )
    key_word: Text = Field(description="The words of this version for what happens")
    when: Text = Field(description="When it applies, exact as the fact quotes it")
    then: Text = Field(description="What follows, exact as the fact quotes it")
    address: Addresses = Field(description="Facts that quote it")


class OriginalWord(
    Row,
    table="treaty_words",
    title="What starts the duty to help, in the treaties' own languages",
    part="words",
    rights="The words remain the treaties'; the selection is ours.",
    of="Treaty",
    public="address",
):
    """The word of an original text for what starts the duty to help."""

    word_id: Annotated[str, Field(pattern=r"^W\d{2}$")] = Field(description="Identifier, W01")
    language: Literal["ko", "ru"] = Field(description="The language of the text")
    article: Text = Field(description="The article that has it")
    word: Text = Field(description="The word or words, exact as the fact has them")
    reads: Text = Field(description="The same in Latin letters")
    address: Addresses = Field(description="Where that stands")


class Ending(
    Row,
    table="endings",
    title="Accounts of how a treaty ended",
    part="endings",
    of="Treaty",
    public="address",
):
    """One account of how a treaty ended."""

    ending_id: Annotated[str, Field(pattern=r"^X\d{2}$")] = Field(description="Identifier, X01")
    says: Text = Field(description="Who says so")
    dated: Literal["a notice", "the end", "no notice", "another act"] = Field(
        description=(
            "What the account dates: Russia's notice or its announcement, the end, that no notice"
            " was given, or another act"
        )
    )
    date: Date = Field(description="The date it gives")
    account: Text = Field(description="What it says, in our words")
    address: Addresses = Field(description="Where that stands")


class Naming(
    Row,
    table="namings",
    title="What a treaty, or the relation it made, was called, by whom",
    part="namings",
    rights="The quoted words remain their speakers'; the selection and the coding are ours.",
    of="Treaty",
    public="address",
):
    """One occasion on which somebody said what the treaty is."""

    naming_id: Annotated[str, Field(pattern=r"^N\d{2}$")] = Field(description="Identifier, N01")
    date: Day = Field(description="Day on which it was said or printed")
    speaker: Text = Field(description="Whose word it is")
    kind: Literal["title", "leader", "official", "outlet"] = Field(
        description="The treaty itself, a leader, an official, or a newsroom"
    )
    word: Text = Field(description="The word or words, exact")
    alliance: Literal["says so", "denies it", "another word"] = Field(
        description="Whether the speaker calls the relation an alliance, or the states allies"
    )
    address: Addresses = Field(description="Where that stands")


class Treaty(
    Row,
    table="treaties",
    title="The treaties of the two states",
    references={"search": "searches"},
    public="address",
    hides=("search",),
):
    """A treaty between the two states: what it is, what became of it, what of it could be read."""

    treaty_id: Annotated[str, Field(pattern=r"^\d{4}$")] = Field(
        description="Identifier: the year of its signature"
    )
    name: Text = Field(description="Its name")
    parties: Text = Field(description="Whose treaty it is")
    signed: Day = Field(description="When it was signed")
    articles: Annotated[int, Field(ge=1, le=200)] = Field(
        description="How many articles it has, by its text or a report of it"
    )
    term: Text = Field(
        description="How long it was to run, by its text or a report of it, in our words"
    )
    address: Addresses = Field(description="Where that stands")
    search: Annotated[SearchId | None, Maybe] = Field(
        None, description="The search for its text, behind every 'text not seen'"
    )
    acts: tuple[Act, ...] = ()
    texts: tuple[Article, ...] = ()
    clauses: tuple[Clause, ...] = ()
    words: tuple[OriginalWord, ...] = ()
    endings: tuple[Ending, ...] = ()
    namings: tuple[Naming, ...] = ()


class Cell(Row):
    """Whether a treaty has an obligation: a cell of the grid. 'no' only where the text was read."""

    RESTS_ON_ITS_TREATYS_SEARCH: ClassVar[bool] = True

    treaty_id: Annotated[str, Field(pattern=r"^\d{4}$")] = Field(description="The treaty")
    cell: Literal["yes", "no", "text not seen"] = Field(description="Whether its text has it")
    article: Annotated[Text | None, Maybe] = Field(
        None, description="The article read; empty where no number was seen"
    )
    address: Annotated[Addresses | None, Maybe] = Field(None, description="Where that stands")
    why: Text = Field(description="Why, in a sentence")

    @model_validator(mode="after")
    def _rests_on_something(self):
        if self.cell != "text not seen" and not self.address:
            raise ValueError("yes and no need an address")
        return self


class CellPlace(BaseModel):
    """A cell of the grid."""

    cell_id: Text = Field(description="Obligation and treaty")


class ObligationCell(
    Cell,
    table="obligations",
    title="The grid: has a treaty this obligation, as far as its text was read?",
    of="Obligation",
    part="cells",
    parent=("obligation_id", "obligation", "situation"),
    adds=CellPlace,
    key="cell_id",
    references={"treaty_id": "treaties"},
    search=True,
    public="made",
    hides=("search",),
):
    """Whether a treaty has an obligation."""


class Obligation(Row, file="obligations"):
    """A kind of promise, and its cell for each treaty: a row of the grid."""

    obligation_id: Annotated[str, Field(pattern=r"^O\d{2}$")] = Field(description="Identifier, O01")
    obligation: Text = Field(description="The promise, in our words")
    situation: Annotated[Literal["threat", "attack"] | None, Maybe] = Field(
        None, description="The situation it answers, if one"
    )
    cells: tuple[ObligationCell, ...] = ()


class AtopCell(
    Cell,
    table="atop",
    title="ATOP's categories in the treaties' articles: our own reading, not ATOP's",
    of="AtopCategory",
    part="cells",
    parent=("category", "asks", "definition"),
    key=("category", "treaty_id"),
    references={"treaty_id": "treaties"},
    rights="Our own reading; the categories are those of the ATOP project.",
    search=True,
    public="made",
    hides=("search",),
):
    """Whether a treaty has a category."""


class AtopCategory(Row, file="atop"):
    """A category of the ATOP project, with our own reading of the treaties by it."""

    category: Literal["defense", "offense", "neutrality", "nonaggression", "consultation"] = Field(
        description="ATOP's category"
    )
    asks: Text = Field(description="What it asks of a treaty, in our words")
    definition: Addresses = Field(description="Where its definition was seen")
    cells: tuple[AtopCell, ...] = ()
