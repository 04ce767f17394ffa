"""Glossary, lessons, exercises, the Code track, forms, standards."""

import ast
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from casebook.records.base import Addresses, Cites, Day, Maybe, Row, Text


class Term(Row, table="glossary", title="Words of the trade", rests_on="address"):
    """A word of the trade, explained."""

    term: Text = Field(description="The word")
    meaning: Text = Field(description="What it means here, in one or two sentences")
    example: Text = Field(description="An example from this case")
    address: Annotated[Addresses | None, Maybe] = Field(
        None, description="Where the example stands"
    )
    lesson: Annotated[str, Field(pattern=r"^\d{2}$")] = Field(
        description="The lesson that needs it first"
    )


class Lesson(Row, table="lessons", title="The walk: the notebooks", file="lesson"):
    """One notebook of the walk."""

    lesson: Annotated[str, Field(pattern=r"^\d{2}$")] = Field(description="Its number")
    file: Annotated[str, Field(pattern=r"^\d{2}-[a-z-]+\.ipynb$")] = Field(
        description="Its notebook"
    )
    title: Text = Field(description="Its title")
    question: Text = Field(description="Its question")
    tier: Literal["opening", "core path", "option", "methods lab"] = Field(
        description="Its place in the walk"
    )
    part: Literal["", "I · 2022: the letters", "II · 2024: the pact", "III · 2026: the letter"] = (
        Field(description="Its part of the story")
    )
    minutes: Annotated[int, Field(ge=5, le=180)] = Field(description="Minutes for its marked core")


def _lesson_code(code: str) -> str:
    """Code as a cell of the Code track may hold it. Raises ValueError, saying what it may not."""
    code = code.rstrip()
    try:
        tree = ast.parse(code)
    except SyntaxError as error:
        raise ValueError(f"is no Python: {error.msg}, line {error.lineno}") from None
    if len(code.splitlines()) > 14 or max(map(len, code.splitlines())) > 105:
        raise ValueError("has at most 14 lines of 105 characters: a cell's fifteenth is the check")
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)):
            raise ValueError("defines and imports nothing")
        if (
            isinstance(node, ast.Call)
            and getattr(node.func, "attr", "") == "merge"
            and "validate" not in [k.arg for k in node.keywords]
        ):
            raise ValueError("a merge says validate=")
    return code


LessonCode = Annotated[str, Field(min_length=1), AfterValidator(_lesson_code)]


class Key(Row):
    """How the right answer is computed: rows of a table, asked for by a query, and the column that
    holds the answer.
    """

    table: Text = Field(description="A table of data/")
    query: Annotated[str, Field(max_length=1000)] = Field(
        description="pandas query that picks the rows; empty: all rows"
    )
    column: Annotated[Text | None, Maybe] = Field(
        None, description="Column whose values are the answer; none: the number of rows"
    )
    item: Annotated[Text | None, Maybe] = Field(
        None, description="For 'sort': the column that names the item"
    )
    as_of: Annotated[Day | None, Maybe] = Field(None, description="Ask the tables as of this day")


class Count(Row, file="counts"):
    """A number of rows that texts name: exercises and hand-outs as {name}; in notebooks and pages a
    test compares it.
    """

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")] = Field(
        description="Its name, as texts have it between braces"
    )
    key: Key = Field(description="How it is counted: the rows, or the different values of a column")
    said: tuple[Text, ...] = Field(
        (), description="How prose says it, with {} for the number; {name} for another count"
    )


class Choice(Row):
    """One choice of an exercise, and what to say to one who takes it."""

    value: Text = Field(description="What the key must hold for this choice to be right")
    explains: Text = Field(
        description=(
            "What its why explains: that the choice is 'right' or 'wrong'; for 'sort' the bin. The"
            " build compares it with the key, so that the two can't drift apart"
        )
    )
    text: Text = Field(description="What the learner reads")
    why: Text = Field(
        description="Why it is right, or what idea leads to it and where that idea fails"
    )


class Exercise(Row, file="exercises"):
    """A question that is checked, and whose check says why."""

    exercise_id: Annotated[str, Field(pattern=r"^\d{2}-[a-z0-9-]+$")] = Field(
        description="Identifier, 01-meeting"
    )
    kind: Literal["choose", "choose all", "sort", "number", "predict", "vote", "sentence"] = Field(
        description=(
            "One answer, several, one bin for each item, a number; or what is said before the"
            " evidence and compared after it: a number, one answer, a sentence"
        )
    )
    group: Literal["exercise", "check-out", "more time"] = Field(
        "exercise", description="Within the lesson's core, at its end, or after it"
    )
    again: Annotated[Text | None, Maybe] = Field(
        None, description="The heading of the lesson under which to look again after a wrong answer"
    )
    snippet: Annotated[Annotated[str, Field(max_length=1200)] | None, Maybe] = Field(
        None, description="An extract to read first"
    )
    snippet_address: Annotated[Addresses | None, Maybe] = Field(
        None, description="Where the extract stands"
    )
    question: Text = Field(description="The question")
    hint: Text = Field(description="Where to look")
    choices: tuple[Choice, ...] = Field((), description="The choices; for 'sort' the items")
    bins: tuple[Text, ...] = Field((), description="For 'sort': the bins")
    most: Annotated[
        Annotated[str, Field(pattern=r"^([1-9]\d{0,5}|\{[a-z][a-z0-9_]*\})$")] | None, Maybe
    ] = Field(
        None,
        description="For 'predict': the largest number that can be guessed, or a count as {name}",
    )
    key: Annotated[Key | None, Maybe] = Field(
        None, description="How the answer is computed; a sentence has none"
    )
    worked: Annotated[Text, Cites] = Field(
        description="The worked answer, or what we found, with its addresses"
    )

    @model_validator(mode="after")
    def _has_choices(self):
        if (self.kind == "sentence") != (self.key is None):
            raise ValueError("a sentence has no key, and all else has one")
        if self.kind not in ("number", "predict", "sentence") and len(self.choices) < 2:
            raise ValueError("a question to choose from needs at least two choices")
        if (self.kind == "sort") != bool(self.bins):
            raise ValueError("'sort' needs bins, and only 'sort'")
        if (self.kind == "predict") != (self.most is not None):
            raise ValueError("'predict' needs most, the largest number, and only 'predict'")
        allowed = self.bins or ("right", "wrong")
        for choice in self.choices:
            if choice.explains not in allowed:
                raise ValueError(
                    f"{choice.value!r} explains {choice.explains!r}; allowed: {', '.join(allowed)}"
                )
        return self


class CodeMistake(Row):
    """Code that goes wrong in a typical way, and what to say to one who gets the same result."""

    code: LessonCode = Field(description="The code")
    says: Text = Field(description="What goes wrong, and why")


class CodeExercise(Row, file="code"):
    """A short exercise in pandas or matplotlib; the answer is what its solution gives on the tables
    (exercises/code.py).
    """

    code_id: Annotated[str, Field(pattern=r"^\d{2}-code-[a-z0-9-]+$")] = Field(
        description="Identifier, 01-code-voices"
    )
    title: Text = Field(description="What it is about, in a few words: its heading in the lesson")
    gives: Literal["table", "series", "number", "chart"] = Field(
        description="What the code gives: a DataFrame, a Series, a number, a Figure"
    )
    ordered: Literal["yes", "no"] = Field(
        "no", description="Whether the order of a table's rows counts"
    )
    colours: Annotated[int, Field(ge=1, le=8)] = Field(
        1, description="For 'chart': colours that mean something"
    )
    joined: Literal["yes", "no"] = Field(
        "yes", description="For 'chart': whether a line may join points"
    )
    start: LessonCode = Field(
        description="The cell as the learner finds it: it runs, and is not yet the answer"
    )
    solution: LessonCode = Field(description="The worked solution, which is run to check an answer")
    hint: Text = Field(description="Which verb to look at")
    shows: Annotated[Text, Cites] = Field(
        description="What the result shows, and what not; said once it is solved"
    )
    mistakes: tuple[CodeMistake, ...] = Field((), description="Typical mistakes")

    @model_validator(mode="after")
    def _gives_its_result(self):
        result = "fig" if self.gives == "chart" else "answer"
        for code in (self.start, self.solution, *(mistake.code for mistake in self.mistakes)):
            if not re.search(rf"^{result}(, ax)? = ", code, re.M):
                raise ValueError(f"the code of a {self.gives} must set {result}")
        return self


SKILLS = ("sourcing", "corroboration", "close reading", "calibration")


class FormSource(Row):
    """One of the invented texts of a form."""

    who: Text = Field(description="Who prints it, and on which day")
    text: Text = Field(description="What it says")


class FormChoice(Row):
    """A choice of a closed item, with its points."""

    value: Annotated[str, Field(pattern=r"^[a-z0-9]+$")] = Field(description="How it is kept")
    points: Annotated[int, Field(ge=0, le=2)] = Field(description="Its points")
    text: Text = Field(description="What the learner reads")
    why: Text = Field(description="Why it has these points")


class FormLevel(Row):
    """What an answer to an open item must have for these points."""

    points: Annotated[int, Field(ge=0, le=2)] = Field(description="The points")
    looks: Text = Field(description="What the answer looks like")


class FormItem(Row):
    """An item of a form: closed, with choices, or open, with a rubric."""

    item: Annotated[int, Field(ge=1, le=8)] = Field(description="Its number")
    skill: Literal[SKILLS] = Field(description="The skill")
    question: Text = Field(description="The question")
    choices: tuple[FormChoice, ...] = Field((), description="Of a closed item")
    rubric: tuple[FormLevel, ...] = Field((), description="Of an open item")

    @model_validator(mode="after")
    def _is_closed_or_open(self):
        if bool(self.choices) == bool(self.rubric):
            raise ValueError("an item has choices or a rubric, and not both")
        if {level.points for level in self.rubric or self.choices} != {0, 1, 2}:
            raise ValueError("an item gives 0, 1 and 2 points")
        return self


class FormAnswer(Row):
    """An invented answer to an open item, with its points and the reason."""

    item: Annotated[int, Field(ge=1, le=8)] = Field(description="The item")
    points: Annotated[int, Field(ge=0, le=2)] = Field(description="Its points")
    answer: Text = Field(description="The answer")
    why: Text = Field(description="Why it has these points")


class Form(Row, file="forms"):
    """A form for before or after: eight items on four skills, about an invented case."""

    form: Literal["A", "B"] = Field(description="Its letter")
    case: Text = Field(description="The invented case, in a sentence")
    sources: tuple[FormSource, ...] = Field(description="Its texts")
    items: tuple[FormItem, ...] = Field(description="Its items, a closed and an open one a skill")
    annotated: tuple[FormAnswer, ...] = Field(description="Answers with points and reason")

    @model_validator(mode="after")
    def _has_eight_items(self):
        skills = [(item.skill, bool(item.choices)) for item in self.items]
        if skills != [(skill, closed) for skill in SKILLS for closed in (True, False)]:
            raise ValueError("a form has a closed and an open item for each skill, in their order")
        return self


class Standard(Row, file="standards"):
    """A standard of a framework whose text we could read, and the exercises that serve it."""

    code: Annotated[str, Field(pattern=r"^[A-Za-z0-9.-]+$")] = Field(
        description="Its code, or ours where the framework has none"
    )
    framework: Text = Field(description="The framework")
    words: Text = Field(description="What it asks, in our words; its own between marks, at most 7")
    page: Annotated[str, Field(pattern=r"^https?://")] = Field(description="The page that was read")
    lessons: tuple[Text, ...] = Field((), description="Lessons all of whose exercises serve it")
    exercises: tuple[Text, ...] = Field((), description="Single exercises that serve it")
