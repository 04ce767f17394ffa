"""The tidy tables of data/, the as-of view of them, and what an address leads to."""

import csv
import datetime as dt
import json
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from casebook.core import addresses
from casebook.core.platform import DATA

__all__ = ["open_tables"]


class Evidence(NamedTuple):
    """What an address leads to: the words to show, where they come from, and the address of the
    page if it may be a link.
    """

    address: str
    text: str
    source: str
    date: str
    link: str


class Tables:
    """The tables of data/, each a DataFrame under its name: ``tables.claims``, ``tables.facts`` …

    ``day`` is None for the latest view, else the last day whose knowledge is shown. Columns and
    types are those of data/datapackage.json; dates of mixed precision stay text, ``public_from`` is
    a timestamp. Raises AttributeError for a table that does not exist.
    """

    def __init__(
        self, folder: Path = DATA, day: dt.date | None = None, whole: "Tables | None" = None
    ):
        self.folder, self.day, self._whole = Path(folder), day, whole
        self._texts: dict = {}  # what read_json has read

    @cached_property
    def _resources(self) -> dict[str, dict]:
        """What data/datapackage.json says of each table: its fields, and how an as-of view shows
        it. ``asOf`` has ``hides``, columns that tell the future; ``follows``, (table, column) with
        which a row appears; ``restsOn``, the column whose addresses must be public; ``overAll``,
        figures over all rows.
        """
        if self._whole is not None:
            return self._whole._resources
        package = json.loads((self.folder / "datapackage.json").read_text(encoding="utf-8"))
        return {resource["name"]: resource for resource in package["resources"]}

    def read_json(self, name: str) -> list | dict:
        """What data/NAME.json holds: texts that are no table (exercises, handouts). Read once, and
        not to be changed.
        """
        if self._whole is not None:
            return self._whole.read_json(name)
        if name not in self._texts:
            self._texts[name] = json.loads(
                (self.folder / f"{name}.json").read_text(encoding="utf-8")
            )
        return self._texts[name]

    @property
    def names(self) -> list[str]:
        """The names of the tables."""
        return list(self._resources)

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_") or name not in self._resources:
            raise AttributeError(
                f"there is no table {name!r}; there are: {', '.join(self._resources)}"
                if not name.startswith("_")
                else name
            )
        frame = self._read(name) if self._whole is None else self._seen(name)
        setattr(self, name, frame)
        return frame

    def _read(self, name: str) -> pd.DataFrame:
        with open(self.folder / f"{name}.csv", encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        frame = pd.DataFrame(rows, columns=header, dtype=object)
        for field in self._resources[name]["schema"]["fields"]:
            column = field["name"]
            if field["type"] == "date":
                frame[column] = pd.to_datetime(frame[column].replace("", None), format="%Y-%m-%d")
            elif field["type"] in ("integer", "number"):
                frame[column] = pd.to_numeric(frame[column].replace("", None))
        return frame

    def _seen(self, name: str) -> pd.DataFrame:
        frame = getattr(self._whole, name)
        if "public_from" in frame:
            frame = frame[frame["public_from"] <= pd.Timestamp(self.day)]
        rule = self._resources[name]["asOf"]
        if "follows" in rule:
            other, column = rule["follows"]
            frame = frame[frame[column].isin(getattr(self, other)[column])]
        if "restsOn" in rule:
            rests_on = frame[rule["restsOn"]]
            frame = frame[[not address or self.knows(address) for address in rests_on]]
        if "overAll" in rule:
            frame = frame.iloc[:0]
        if name == "events":
            frame = frame.assign(
                address=[self._known_part(address) for address in frame["address"]]
            )
        return frame.drop(columns=rule.get("hides", [])).reset_index(drop=True)

    def _known_part(self, address: str) -> str:
        return addresses.join([a for a in addresses.parse_all(address) if self.knows(str(a))])

    def as_of(self, day: str | dt.date | None) -> "Tables":
        """The state of all tables on ``day`` (ISO text or date): rows public by then, and no column
        that tells the future.

        A row whose ``public_from`` is empty shows in the latest view only. ``None`` gives the
        latest view.
        """
        whole = self if self._whole is None else self._whole
        if day is None:
            return whole
        day = dt.date.fromisoformat(day) if isinstance(day, str) else pd.Timestamp(day).date()
        return Tables(self.folder, day, whole)

    @cached_property
    def _rows(self) -> dict[str, tuple]:
        """Facts, messages and searches by their identifiers."""
        rows = {row.fact_id: ("fact", row) for row in self.facts.itertuples()}
        rows |= {row.message_id: ("message", row) for row in self.messages.itertuples()}
        return rows | {row.search_id: ("search", row) for row in self.searches.itertuples()}

    @cached_property
    def _documents(self) -> dict[str, object]:
        return {row.source_id: row for row in self.sources.itertuples()}

    @cached_property
    def _known(self) -> set[str]:
        """Identifiers of all that an address can lead to."""
        columns = (self.sources.source_id, self.facts.fact_id, self.messages.message_id)
        return {name for column in (*columns, self.searches.search_id) for name in column}

    def knows(self, address: str) -> bool:
        """Whether every address in ``address`` leads somewhere in this view."""
        found = addresses.parse_all(address)
        return bool(found) and all(a.row in self._known for a in found)

    def resolve(self, address: str) -> list[Evidence]:
        """What the addresses in a text lead to, in their order; an as-of view leaves out what was
        not yet public.

        Raises KeyError, in the latest view, for an address that leads nowhere.
        """
        shown = []
        for place in addresses.parse_all(address):
            if (
                place.kind == "paragraph"
                and (document := self._documents.get(place.row)) is not None
            ):
                if not 1 <= place.paragraph <= document.paragraphs:
                    raise KeyError(f"{place}: {place.row} has {document.paragraphs} paragraphs")
                shown.append(self._paragraph(place, document))
            elif place.row in self._rows:
                kind, row = self._rows[place.row]
                shown.append({"fact": _fact, "message": _message, "search": _search}[kind](row))
            elif self.day is None:
                raise KeyError(f"{place} leads nowhere")
        return shown

    @cached_property
    def _paragraphs(self) -> dict[tuple, str]:
        """The claims of each paragraph, one after the other."""
        said: dict[tuple, list] = {}
        for source, paragraph, claim in zip(
            self.claims["source_id"], self.claims["paragraph"], self.claims["claim"]
        ):
            said.setdefault((source, paragraph), []).append(claim)
        return {place: " ".join(claims) for place, claims in said.items()}

    def _paragraph(self, place, document) -> Evidence:
        text = (
            self._paragraphs.get((place.row, place.paragraph))
            or "No claim is recorded in this paragraph."
        )
        return Evidence(
            str(place), text, f"{document.outlet}, {document.kind}", document.published, ""
        )


def _fact(row) -> Evidence:
    link = getattr(row, "url", "").split(" ; ")[0] if getattr(row, "link", "no") == "yes" else ""
    return Evidence(row.fact_id, row.fact, getattr(row, "source", ""), row.date, link)


WHO = {"putin_to_kim": "Putin to Kim, ", "kim_to_putin": "Kim to Putin, "}


def _message(row) -> Evidence:
    words = f"“{row.key_phrase}”" if row.key_phrase else "No wording was seen."
    link = getattr(row, "source_url", "") if getattr(row, "link", "no") == "yes" else ""
    outlet = getattr(row, "source_outlet", "")
    first = (
        "first publisher not settled"
        if row.first_publisher == "not settled"
        else f"first published by {row.first_publisher}"
    )
    who = WHO.get(row.direction, "")
    return Evidence(
        row.message_id, f"{who}{row.occasion}: {words}", outlet or first, row.date, link
    )


def _search(row) -> Evidence:
    link = row.url.split(" ; ")[0] if row.link == "yes" else ""
    text = (
        f"{row.asked} {row.answer[:1].upper()}{row.answer[1:]}, {row.read} results read of"
        f" {row.queries} searches ({row.words}). {row.nearest}"
    )
    return Evidence(
        row.search_id,
        text,
        f"our search of {row.collection}" + (f"; nearest: {row.pages}" if row.pages else ""),
        row.date,
        link,
    )


def open_tables() -> Tables:
    """The tables of this casebook, in their latest view."""
    return Tables()
