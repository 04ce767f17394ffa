"""The aligner: nothing lost, nothing invented, the same every time; and the versions of the case as
the tables tell them.
"""

import re
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.subjects.wording.methods.alignment import (
    GAP,
    align,
    align_group,
    count,
    descent,
    kept_words,
    tokens,
    verbatim,
    versions_of,
    word_changes,
)
from helpers import HOUSE, problems, spoil

WORDS = st.lists(
    st.sampled_from(
        [
            "the",
            "The",
            "peoples",
            "of",
            "two",
            "countries",
            ",",
            ".",
            GAP,
            "high-handed",
            "forces’",
            "put",
            "on",
            "ünïts",
            "5,532",
        ]
    ),
    max_size=40,
)
TEXT = st.one_of(WORDS.map(" ".join), st.text(max_size=60))


def joined(alignment, side):
    return "".join(getattr(x, side) for x in alignment.operations)


@given(TEXT, TEXT)
def test_each_side_is_given_back(reference, variant):
    found = align(reference, variant)
    assert joined(found, "reference") == reference.strip()
    assert joined(found, "variant") == variant.strip()
    for x in found.operations:
        assert {
            "kept": x.reference and x.variant,
            "dropped": x.reference and not x.variant,
            "added": x.variant and not x.reference,
            "changed": x.reference and x.variant,
        }[x.kind]
        assert (x.where != "") == (x.kind == "dropped")


@given(TEXT, TEXT)
def test_the_counts_add_up(reference, variant):
    found = align(reference, variant)
    kept, dropped, added, changed = (
        found.counts[k] for k in ("kept", "dropped", "added", "changed")
    )
    assert kept + dropped + changed == count(reference)
    assert found.words("kept", "variant") + added + found.words("changed", "variant") == count(
        variant
    )


@given(TEXT)
def test_a_text_against_itself_is_all_kept(text):
    assert all(x.kind == "kept" for x in align(text, text).operations)


@given(st.lists(st.sampled_from(["the", "of", "a", "b", "c"]), min_size=1, max_size=30), st.data())
def test_a_piece_of_a_text_changes_nothing_inside_its_marks(words, data):
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    found = align(" ".join(words), " ".join(words[start:end]))
    assert not found.words("added", "variant")
    assert not found.words("changed")
    assert found.words("kept") == end - start


@given(TEXT)
def test_tokens_joined_are_the_text(text):
    assert "".join(tokens(text)) == text.strip()


def test_case_and_the_shape_of_an_apostrophe_are_no_change():
    assert align("The hostile forces' threat", "the hostile forces’ THREAT").verbatim
    assert align("The forces", "the forces").operations[0].variant == "the forces"


def test_what_is_missing_inside_the_marks_is_told_from_what_is_not_quoted():
    before, kept, inside, again = align(
        "would entirely conform with the interests of the peoples of the two countries",
        "conform with the interests of the two countries",
    ).operations
    assert (before.kind, before.reference.strip(), before.where) == (
        "dropped",
        "would entirely",
        "before",
    )
    assert (inside.kind, inside.reference.strip(), inside.where) == (
        "dropped",
        "the peoples of",
        "inside",
    )
    assert kept.kind == again.kind == "kept"


def test_a_gap_between_two_quotations_is_no_cut():
    found = align(
        "support between the two countries have put on a stage",
        f"support {GAP} had been put on a stage",
    )
    assert [(x.kind, x.where) for x in found.operations] == [
        ("kept", ""),
        ("dropped", "gap"),
        ("added", ""),
        ("changed", ""),
        ("kept", ""),
    ]
    assert found.operations[3].reference.strip() == "have"
    assert found.operations[3].variant.strip() == "had been"
    assert found.counts["added"] == 0


def test_nothing_against_something():
    assert align("", "two words").counts == {"kept": 0, "dropped": 0, "added": 2, "changed": 0}
    assert align("two words", "").counts["dropped"] == 2
    assert align("", "").operations == ()


def test_a_long_text_is_aligned_whole():
    reference = " ".join(f"w{i % 97}" for i in range(2000))
    found = align(reference, reference.replace("w13 ", "").replace("w50 ", "x "))
    assert joined(found, "reference") == reference
    assert found.counts["kept"] > 1900


def test_versions_of_our_documents_have_the_words_of_their_quotations(tables):
    quotes = tables.quotes.set_index("quote_id")["text"]
    ours = tables.variants[tables.variants["quote_ids"] != ""]
    assert len(ours) >= 12
    for row in ours.itertuples():
        assert row.text == " […] ".join(quotes[key] for key in row.quote_ids.split("; "))
        assert row.source_id == row.quote_ids[:2]


def test_every_quotation_with_variants_is_a_version_here_or_for_another_exhibit(tables):
    grouped = tables.quotes[tables.quotes["variant_group"] != ""]
    here = " ".join(tables.variants["quote_ids"])
    assert set(grouped.loc[[key not in here for key in grouped["quote_id"]], "variant_group"]) == {
        "hostile forces",
        "unconditionally",
    }


def test_a_version_is_public_when_all_its_addresses_are(tables):
    rows = tables.variants.set_index("variant_id")
    assert str(rows.at["V06", "public_from"])[:10] == "2022-08-31"
    assert str(rows.at["V01", "public_from"])[:10] == "2022-08-15"
    then = tables.as_of("2022-08-20")
    assert set(versions_of(then, "new high stage").index) == {
        "V01",
        "V02",
        "V05",
        "V07",
        "V08",
    }  # S0's day is not known: from the end of the month
    assert "step" not in then.variants
    assert "G07" not in set(then.glosses["gloss_id"])


def test_what_the_lesson_says_of_the_case(tables):
    found = align_group(tables, "new high stage", "V01")
    assert found["V03"].verbatim
    assert found["V07"].verbatim
    assert not found["V02"].verbatim
    assert found["V05"].operations == found["V06"].operations
    words = kept_words(tables)
    words = words[(words["group"] == "new high stage") & (words["reference"] == "V01")]
    assert len(words) == 37
    assert (words["kept_by"] == 3).sum() == 19
    assert align_group(tables, "interests", "V11")["V14"].words("dropped", where="inside") == 3
    of = verbatim(tables).groupby("variant_id")["of"].agg(set)
    assert "V01" in of["V03"]
    assert "V02" not in of["V03"]
    assert "V41" in of["V43"]
    assert of["V09"] == {"none"}


def test_word_changes_name_the_word_and_its_place(tables):
    rows = word_changes(tables)

    def said(reference, variant, word, column):
        return rows.query("reference == @reference and variant_id == @variant and word == @word")[
            column
        ].tolist()

    assert said("V11", "V14", "entirely", "where") == ["before"]
    assert said("V01", "V06", "have", "became") == ["had been"]


def test_a_line_of_descent_or_none(tables):
    assert descent(tables, "V06", "V01") == ["V06", "V05"]
    assert descent(tables, "V01", "V06") == []
    assert descent(tables, "V02", "V01") == []


def test_an_unknown_sentence_is_named_with_those_there_are(tables):
    with pytest.raises(KeyError, match="no sentence 'nothing'; there are: new high stage"):
        versions_of(tables, "nothing")


def test_unlike_words_are_dropped_and_added_not_changed():
    found = align("have put on a stage", f"strategic cooperation {GAP} had been put on a stage")
    assert [(x.kind, x.reference.strip(), x.variant.strip()) for x in found.operations[:3]] == [
        ("added", "", "strategic cooperation"),
        ("added", "", GAP),
        ("changed", "have", "had been"),
    ]


@pytest.fixture
def seeds(tmp_path):
    shutil.copytree(HOUSE / "seeds", tmp_path / "seeds")
    return tmp_path / "seeds"


@pytest.mark.slow
@pytest.mark.parametrize(
    "name, old, new, says",
    [
        (
            "variants.csv",
            r"quote_ids: S0-q04",
            "quote_ids: S0-q99",
            r"variants\.csv, line \d+, quote_ids: S0-q99 leads nowhere",
        ),
        (
            "variants.csv",
            r"address: S0 ¶9",
            "address: S0 ¶8",
            r"variants\.csv, line \d+, address: S0-q04 does not stand at S0 ¶8\. Allowed: S0 ¶9",
        ),
        (
            "variants.csv",
            r"after: V03",
            "after: V11",
            r"variants\.csv, line \d+, after: V11 is no version of this sentence",
        ),
        ("variants.csv", r"address: F253", "address: F999", r"address: F999 leads nowhere"),
        (
            "variants.csv",
            r"quote_ids: S0-q04",
            "",
            r"a version has quote_ids or text: one of the two",
        ),
        (
            "variants.csv",
            r"text: conform",
            "text: " + "word " * 46 + "c",
            r"a quotation has at most 45 words here; this one has \d\d",
        ),
        ("variants.csv", r"variant_id: V02", "variant_id: V01", r"variant_id: V01 stands twice"),
        (
            "glosses.csv",
            r"address: F255",
            "address: F998",
            r"glosses\.csv, line \d+, address: F998 leads nowhere",
        ),
    ],
)
def test_a_mistake_in_the_versions_is_named(seeds, name, old, new, says):
    spoil(seeds, name, old, new)
    assert re.search(says, problems(seeds))
