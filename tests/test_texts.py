"""Against the articles themselves, where CASEBOOK_TEXTS names their folder: exact quotations,
numbers, no borrowed wording.
"""

import csv
import json
import re

import pytest

from casebook.build.seeds import read_seeds
from casebook.records.reader import SeedsError
from helpers import HOUSE, prose_files

RUN = 8  # words in a row that count as borrowed
NAMES = set(
    [
        "russian",
        "russia",
        "president",
        "vladimir",
        "putin",
        "north",
        "korean",
        "korea",
        "leader",
        "supreme",
        "kim",
        "jong",
        "un",
        "and",
        "the",
        "of",
        "with",
    ]
)


def words(text):
    return re.findall(r"[a-z0-9]+", text.lower().replace("’", "'").replace("'", ""))


@pytest.fixture(scope="module")
def article_runs(articles, tables):
    """Runs of eight words that stand in an article outside its quotation marks and its headline."""
    headlined = set(tables.sources.loc[tables.sources["title_basis"] == "text", "source_id"])
    runs = {}
    for source, paragraphs in articles.items():
        body = "\n".join(paragraphs[source in headlined :])
        for part in re.sub(r"“[^”]*”|\"[^\"]*\"", " ¦ ", body).split("¦"):
            found = words(part)
            for i in range(len(found) - RUN + 1):
                if not set(found[i : i + RUN]) <= NAMES:
                    runs[tuple(found[i : i + RUN])] = source
    return runs


def own_text(path):
    """What a file says in our words: a notebook's cells and outputs, a table without its
    headlines.
    """
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        text = "\n".join(
            "".join(cell["source"])
            + "\n"
            + "\n".join(
                "".join(v)
                for o in cell.get("outputs", [])
                for v in o.get("data", {}).values()
                if not isinstance(v, dict)
            )
            for cell in json.loads(text)["cells"]
        )
        return re.sub(r"<[^>]+>", " ", re.sub(r"data:[a-z/+]+;base64,[A-Za-z0-9+/=]+", " ", text))
    if path.suffix == ".csv":
        return "\n".join(
            " ¦ ".join(v or "" for k, v in row.items() if k != "title")
            for row in csv.DictReader(text.splitlines())
        )
    return re.sub(r"^[\s-]*(title|headline):.*$", "", text, flags=re.M)


def test_quotations_numbers_lengths_and_hashes_are_the_texts_own(texts):
    read_seeds(HOUSE / "seeds", texts)


def test_a_quotation_that_is_off_by_a_letter_is_noticed(texts, tmp_path):
    import shutil

    shutil.copytree(HOUSE / "seeds", tmp_path / "seeds")
    record = tmp_path / "seeds" / "corpus" / "records" / "S0.yaml"
    text = record.read_text(encoding="utf-8")
    assert "good health and success" in text
    record.write_text(
        re.sub(r"(text: .?)good health and success", r"\1good health and succes", text),
        encoding="utf-8",
    )
    with pytest.raises(
        SeedsError, match=r"S0\.yaml, line \d+, quotes\[1\]\.text: not word for word in ¶8"
    ):
        read_seeds(tmp_path / "seeds", texts)


def test_every_quotation_mark_of_a_text_is_recorded(articles, tables):
    """Each stretch between double marks in a text is a quotation of the record."""
    for source, paragraphs in articles.items():
        recorded = tables.quotes[tables.quotes["source_id"] == source]
        for number, line in enumerate(paragraphs, 1):
            here = list(recorded.loc[recorded["paragraph"] == number, "text"])
            for stretch in re.findall(r"“([^”]*)”|\"([^\"]*)\"", line):
                assert (stretch[0] or stretch[1]) in here, f"{source} ¶{number}: {stretch}"


def test_every_paragraph_has_a_claim_or_a_sign(articles, tables):
    for source, paragraphs in articles.items():
        seen = set(tables.claims.loc[tables.claims["source_id"] == source, "paragraph"]) | set(
            tables.signs.loc[tables.signs["source_id"] == source, "paragraph"]
        )
        assert seen >= set(range(1, len(paragraphs) + 1)), source


def test_the_word_counts_are_the_texts_own(articles, texts, tables):
    from casebook.build.words import tokens

    for row in tables.sources.itertuples():
        counted = tables.words[tables.words["source_id"] == row.source_id]
        assert counted["count"].sum() == len(tokens((texts / row.file).read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "path",
    [p for p in prose_files() if p.name != "words.csv"],
    ids=lambda p: str(p.relative_to(HOUSE)),
)
def test_no_wording_is_borrowed(path, article_runs):
    found = words(own_text(path))
    borrowed = [
        " ".join(found[i : i + RUN])
        for i in range(len(found) - RUN + 1)
        if tuple(found[i : i + RUN]) in article_runs
    ]
    assert not borrowed


def test_borrowed_wording_is_noticed(articles, article_runs):
    line = articles["S0"][11]
    found = words(f"We write that {line}")
    assert any(tuple(found[i : i + RUN]) in article_runs for i in range(len(found) - RUN + 1))
