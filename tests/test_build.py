"""seeds/ → data/: errors that name place, fault and what is allowed, all at once; all or nothing; a
new document needs one file.
"""

import contextlib
import re
import shutil

import pytest

from casebook import __main__ as command
from casebook.build import write
from casebook.build.seeds import read_seeds
from casebook.core.tables import Tables
from casebook.figure.english import capital, several
from casebook.records.reader import LARGEST
from grown import LEFT_BEHIND, add_document, made_up_record, run
from helpers import HOUSE, problems, seed_file, spoil


@pytest.fixture
def seeds(tmp_path):
    """A copy of seeds/ to spoil."""
    return shutil.copytree(HOUSE / "seeds", tmp_path / "seeds")


@pytest.mark.parametrize(
    "name, old, new, says",
    [
        (
            "records/S1.yaml",
            r"^    voice: outlet",
            "    voice: outlets",
            (
                r"S1\.yaml, line \d+, claims\[\d+\]\.voice: 'outlets' is not one of the values\."
                r" Allowed: quoted, paraphrased or outlet\."
            ),
        ),
        (
            "records/S1.yaml",
            r"^    voice: outlet",
            "    attributed_to: an official\n    voice: outlet",
            (
                r"S1\.yaml, line \d+, claims\[\d+\]: voice outlet leans on nobody, but the claim is"
                r" put down to 'an official'"
            ),
        ),
        (
            "records/S1.yaml",
            r"^(    voice: outlet\n    stance: \w+\n    role: \w+\n    origin:) none_named",
            r"\1 officials",
            r"claims\[\d+\]: voice outlet leans on nobody, but origin is officials",
        ),
        (
            "records/S1.yaml",
            r"^(    voice: outlet\n    stance:) \w+",
            r"\1 denied",
            r"claims\[\d+\]: stance denied is somebody's whom the text names, but voice is outlet",
        ),
        (
            "records/S1.yaml",
            r"^    topic: \w+\n",
            "",
            r"S1\.yaml, line \d+, claims\[0\]\.topic: is missing\.",
        ),
        (
            "records/S1.yaml",
            r"^    topic:",
            "    topics:",
            r"claims\[0\]\.topics: is no field here\. Allowed: claim_id, paragraph",
        ),
        (
            "records/S1.yaml",
            r"claim_id: S1-c02",
            "claim_id: S1-c01",
            r"claim_id: S1-c01 stands twice",
        ),
        (
            "records/S1.yaml",
            r"claim_id: S1-c02",
            "claim_id: S0-c99",
            r"S0-c99 in the record of S1\. Allowed: S1-…",
        ),
        (
            "records/S0.yaml",
            r"paragraph: 15$",
            "paragraph: 16",
            r"¶16 is beyond the end of the text\. Allowed: 1 to 15",
        ),
        (
            "records/S0.yaml",
            r"date: 2019-04$",
            "date: 2019-13",
            r"\.date: this date does not exist in the calendar",
        ),
        (
            "records/S0.yaml",
            r"date: 2019-04$",
            "date: 2031-04",
            r"2031-04 lies after the text's date .* Allowed: an earlier date, or a date_reason",
        ),
        ("records/S0.yaml", r"event_id: E001", "event_id: E999", r"E999 leads nowhere"),
        ("records/S0.yaml", r"T01: agrees", "T77: agrees", r"T77 is no statement here"),
        (
            "records/S0.yaml",
            r"date: 2019-04$",
            "date: spring 2019",
            r"\.date: write a date as 2022, 2022-08",
        ),
        (
            "records/S0.yaml",
            r"date: 2019-04$",
            "date: 2019-05/2019-04",
            r"\.date: the interval ends before it begins",
        ),
        (
            "records/S0.yaml",
            r"paragraph: 15$",
            "paragraph: fifteen",
            r"\.paragraph: 'fifteen' is no whole number\. Allowed: digits",
        ),
        (
            "records/S0.yaml",
            r"paragraph: 15$",
            "paragraph: 0",
            r"\.paragraph: '0' is out of range\. Allowed: greater than or equal to 1",
        ),
        (
            "records/S0.yaml",
            r"paragraph: 15$",
            "paragraph: 1",
            r"¶1 after ¶14\. Allowed: the order of the text",
        ),
        (
            "records/S0.yaml",
            r"number: '5532'",
            "number: many",
            r"\.number: 'many' is no number\. Allowed: digits",
        ),
        ("records/S0.yaml", r"number: '5532'", "number: NaN", r"\.number: 'NaN' is no number"),
        (
            "records/S0.yaml",
            r"    number: '5532'\n",
            "",
            r"number and number_text stand together or not at all",
        ),
        (
            "records/S0.yaml",
            r"    unit: sanctions on Russia\n",
            "",
            r"a number needs its unit: what does it count\?",
        ),
        (
            "records/S0.yaml",
            r"^sha256: .*$",
            "sha256: abc",
            r"sha256: 'abc' has not the form it should have\. Allowed: text that matches",
        ),
        (
            "records/S0.yaml",
            r"^source_id: S0$",
            "source_id: S7",
            r"source_id: S7 in a file of another name\. Allowed: S0",
        ),
        (
            "records/S0.yaml",
            r"^kind: news report$",
            "kind: satire",
            r"kind: 'satire' is not one of the values\. Allowed: news report, opinion piece",
        ),
        (
            "records/S0.yaml",
            r"^    text: good health.*$",
            "    text: " + "word " * 46 + "end",
            r"a quotation has at most 45 words here; this one has 47",
        ),
        (
            "records/S0.yaml",
            r"^    text: good health.*$",
            '    text: ""',
            r"quotes\[1\]\.text: is empty\. Allowed: at least one character",
        ),
        (
            "records/S0.yaml",
            r"^    text: good health.*$",
            "    text: |\n      two\n      lines",
            r"quotes\[1\]\.text: one line, without blanks",
        ),
        (
            "records/S0.yaml",
            r"^    text: good health.*$",
            "    text: " + "x" * 1001,
            r"quotes\[1\]\.text: has 1,001 characters\. Allowed: at most 1,000",
        ),
        (
            "records/S0.yaml",
            r"quote_id: S0-q02",
            "quote_id: S0-q01",
            r"quote_id: S0-q01 stands twice",
        ),
        (
            "records/S0.yaml",
            r"quote_id: S0-q02",
            "quote_id: q2",
            r"quotes\[1\]\.quote_id: 'q2' has not the form",
        ),
        (
            "records/S0.yaml",
            r"^    basis: known$",
            "    basis: guessed",
            r"chain\[\d+\]\.basis: 'guessed' is not one of the values\. Allowed: known or inferred",
        ),
        (
            "records/S0.yaml",
            r"^    language: en$",
            "    language: English",
            r"chain\[\d+\]\.language: 'English' is not one of",
        ),
        (
            "records/S0.yaml",
            r"^claims:$",
            "claims: none\nclaimed:",
            r"claims: is no list\. Allowed: items that begin with '-'",
        ),
        (
            "records/S0.yaml",
            r"T01: agrees",
            "T01: perhaps",
            r"on\.T01: 'perhaps' is not one of the values\. Allowed: agrees or contradicts",
        ),
        ("records/S0.yaml", r"T01: agrees", "T1: agrees", r"\.on\.T1: 'T1' has not the form"),
        (
            "records/S4.yaml",
            r"variant_group: expand$",
            "variant_group: nobody else",
            r"“nobody else” has this quotation alone\. Allowed: two quotations or more",
        ),
        (
            "records/S4.yaml",
            r"^coded: twice$",
            "coded: thrice",
            r"coded: 'thrice' is not one of the values\. Allowed: not yet, once or twice",
        ),
        (
            "codings/second.csv",
            r"^S0-c01,.*\n",
            "",
            r"S0\.yaml, line \d+, coded: 'twice', but 1 claims lack a second coding, S0-c01 first",
        ),
        (
            "codings/second.csv",
            r"^S0-c01,",
            "S0-c99,",
            r"second\.csv, line 2, claim_id: S0-c99 is no claim here",
        ),
        (
            "codings/first.csv",
            r"^S0-c02,",
            "S0-c01,",
            r"first\.csv, line 3, claim_id: S0-c01 is coded twice by one coder",
        ),
        (
            "changes.csv",
            r"S1-c17;",
            "S1-c99;",
            r"changes\.csv, line \d+, because: S1-c99 is no claim here",
        ),
        (
            "lessons/01/exercises.yaml",
            r"kind: sort$",
            "kind: guess",
            r"kind: 'guess' is not one of the values",
        ),
        ("lessons/01/exercises.yaml", r"^  bins: .*\n", "", r"'sort' needs bins, and only 'sort'"),
        (
            "facts.csv",
            r"^F003,2022-07-13,2022-07-13",
            "F003,2022-07-13,2022-07",
            r"facts\.csv, line 4, public_from: write a whole day",
        ),
        ("facts.csv", r"^F004,", "F004,extra,", r"facts\.csv, line 5: 12 cells\. Allowed: 11"),
        (
            "facts.csv",
            r"^F004,",
            '"F004,',
            r"facts\.csv, line \d+.*: not a CSV table|facts\.csv, line \d+: \d+ cells",
        ),
        (
            "statements.yaml",
            r"bearing: supports",
            "bearing: proves",
            r"statements\.yaml, line \d+, evidence\[0\]\.bearing: 'proves' is not one of",
        ),
        (
            "lessons/01/lesson.yaml",
            r'lesson: "01"',
            'lesson: "00"',
            r"lesson\.yaml, line \d+, lesson: 00 stands twice",
        ),
        (
            "events.csv",
            r"address: F249",
            "address: F999",
            r"events\.csv, line \d+, address: F999 leads nowhere",
        ),
        (
            "events.csv",
            r"address: F249",
            "address: see F249",
            r"write addresses as 'S0 ¶8', 'F056'",
        ),
        (
            "facts.csv",
            r"^F002,2022-06-29",
            "F002,2022-06-31",
            r"facts\.csv, line 3, date: this date does not exist",
        ),
        (
            "facts.csv",
            r"^F003,2022-07-13,2022-07-13,event",
            "F003,2022-07-13,2022-07-14,event",
            (
                r"facts\.csv, line 4, public_from: an event of 2022-07-13 is known from"
                r" 2022-07-14\. Allowed: the day of the event, or basis 'page date'"
            ),
        ),
        (
            "facts.csv",
            r"^F003,2022-07-13,2022-07-13,event",
            "F003,2022-07-13,2022-07-12,page date",
            r"known on 2022-07-12, before it happened \(2022-07-13\)",
        ),
        (
            "facts.csv",
            r"^F128,2024-06-19,2024-06-20",
            "F128,2024-06-19,2024-06-21",
            r"its page has 2 days: 2024-06-20, 2024-06-21\. Allowed: one day for one page",
        ),
        (
            "events.csv",
            r"^E010,2022-09-21",
            "E010,2022-09-22",
            r"E010 is dated 2022-09-22, what it rests on 2022-09-21\. Allowed: one day for one act",
        ),
        (
            "messages.csv",
            r"^(M2022-08-15-a,.*,2022-08-15,)page date,",
            r"\1event,",
            (
                r"messages\.csv, line \d+, public_from_basis: a letter that was sent is known from"
                r" its day as an event\. Allowed: page date"
            ),
        ),
        ("facts.csv", r"^F002,", "F001,", r"facts\.csv, line 3, fact_id: F001 stands twice"),
        (
            "facts.csv",
            r"^fact_id,date,",
            "date,fact_id,",
            r"facts\.csv, line 1: the columns are date, fact_id",
        ),
        (
            "messages.csv",
            r"^M2019-04-12-a,2019-04-12",
            "M2019-04-12-a,2019-04-13",
            r"M2019-04-12-a is dated 2019-04-13",
        ),
        (
            "glossary.yaml",
            r"^- term: claim$",
            "- term: claim\n  term: claim",
            r"glossary\.yaml, line \d+, term: stands twice\. Allowed: each field once",
        ),
        ("glossary.yaml", r"^- term: claim$", "- term: &a claim", r"an anchor or alias"),
        (
            "glossary.yaml",
            r"^- term: claim$",
            "- term:\tclaim",
            r"glossary\.yaml, line \d+: a tab\. Allowed: spaces",
        ),
        (
            "glossary.yaml",
            r"^- term: claim$",
            "- term: [claim",
            r"glossary\.yaml, line \d+: not YAML",
        ),
    ],
)
def test_a_mistake_is_named_with_its_place_and_what_is_allowed(seeds, name, old, new, says):
    spoil(seeds, name, old, new)
    assert re.search(says, problems(seeds))


@pytest.mark.parametrize(
    "content, says",
    [
        (b"\xff\xfe-\x00 \x00", "line 1: the file is written in UTF-16. Allowed: UTF-8"),
        (b"- term: x\r", "line 1: an old Mac's line end"),
        (
            "- term:\u00a0x\n  a: b\n".encode(),
            "line 1: a sign (U+00A0) that only looks like a space or colon",
        ),
        ("- term\uff1a x\n  a: b\n".encode(), "line 1: a sign (U+FF1A) that only looks like"),
        (b"- term: one: two\n", "a value with a colon or # in it"),
        (b'- term: "Putin"s words\n', "in quotation marks from its first to its last letter"),
        (
            b"- term: the #1 topic, and #2 is arms\n",
            "glossary.yaml, line 1, term: # cuts the value short: “#1 topic, and #2 is arms” is"
            " not read. Allowed: the value in quotation marks; a remark on a line of its own.",
        ),
        (b"- term: in two\n    lines #1\n", "line 2, term: # cuts the value short"),
        (b"- term: \xff\n", "line 1: not UTF-8 text"),
        (b"\x00\x01\x02" * 100, "a control character"),
        (b"- " * 50_000, "nested more than"),
        (b"a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n", "an anchor or alias (& or *)"),
        (b"- term: x\n---\n- term: y\n", "a second document"),
        (b"term: x\n", "line 1: is no list. Allowed: items that begin with '-'"),
        (b"- [a]\n", "line 1: is no set of fields"),
        (b"- ? [a, b]\n  : c\n", "a key that is no plain word"),
        (b"- {a: 1}\n]\n", "not YAML"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not UTF-8 text"),
        (b"x" * 10_000_000, "the file has 10,000,000 bytes. Allowed: at most 2,000,000"),
        (b"x" * (LARGEST + 1), f"the file has {LARGEST + 1:,} bytes"),
        (b"", "glossary.yaml: the file is empty"),
    ],
)
def test_a_file_that_is_no_text_of_ours_is_refused(seeds, content, says):
    seed_file(seeds, "glossary.yaml").write_bytes(content)
    assert says in problems(seeds)


def as_excel_saves(raw: bytes) -> bytes:
    """With the mark before the text, and Windows' line ends."""
    return b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["facts.csv", "records/S2.yaml", "00/glossary.yaml"])
def test_a_file_as_excel_or_notepad_saves_it_is_simply_read(seeds, name):
    """With the same rows; a value in several lines keeps plain line ends."""
    before = read_seeds(seeds)
    path = seed_file(seeds, name)
    path.write_bytes(as_excel_saves(path.read_bytes()))
    after = read_seeds(seeds)
    for table in ("facts", "records", "glossary"):
        assert getattr(after, table) == getattr(before, table)


@pytest.mark.parametrize(
    "name, spoiled",
    [
        ("facts.csv", lambda raw: raw.replace(b",", b";")),
        ("facts.csv", lambda raw: raw.decode("utf-8").encode("utf-16")),
        ("records/S2.yaml", lambda raw: raw + b"]\n"),
        ("records/S2.yaml", lambda raw: raw.replace(b"\npublished:", b"\npublished #1:", 1)),
        ("messages.csv", lambda raw: b""),
    ],
    ids=["semicolons", "UTF-16", "not YAML", "a key cut", "empty"],
)
def test_of_a_file_that_can_not_be_read_only_the_cause_is_told(seeds, name, spoiled):
    """And not what hangs on its rows: of facts.csv those are hundreds of lines."""
    path = seed_file(seeds, name)
    path.write_bytes(spoiled(path.read_bytes()))
    said = problems(seeds).splitlines()
    assert len(said) <= 3
    assert all(path.name in line for line in said[1:])


def test_a_fault_in_one_line_of_a_record_says_nothing_untrue_of_others(seeds):
    """A grading rests on S2; that S2 has a fault does not make it late."""
    spoil(seeds, "records/S2.yaml", r"^    voice: \w+", "    voice: nobody")
    said = problems(seeds)
    assert "'nobody' is not one of the values" in said
    assert "before S2" not in said


def test_a_remark_behind_a_value_in_quotation_marks_cuts_nothing(seeds):
    path = seed_file(seeds, "00/glossary.yaml")
    text = path.read_text("utf-8")
    path.write_text("# a remark on a line of its own\n" + text, "utf-8")
    assert read_seeds(seeds).glossary


def test_all_mistakes_are_told_at_once(seeds):
    spoil(seeds, "records/S1.yaml", r"^    voice: outlet", "    voice: outlets")
    spoil(seeds, "facts.csv", r"^F002,2022-06-29", "F002,2022-06-31")
    spoil(seeds, "events.csv", r"address: F249", "address: F999")
    said = problems(seeds)
    assert said.startswith("seeds/: 3 problems")
    assert len(said.splitlines()) == 4  # a faulty row makes no further noise
    for file in ("S1.yaml", "facts.csv", "events.csv"):
        assert f"\n{file}, line " in said


@pytest.mark.slow
def test_a_build_that_fails_leaves_data_as_it_was(seeds, tmp_path, monkeypatch, capsys):
    data = tmp_path / "data"
    write.build(seeds, data)
    assert data.is_dir()
    before = {p.name: p.read_bytes() for p in data.iterdir()}
    spoil(seeds, "facts.csv", r"^F002,2022-06-29", "F002,2022-06-31")
    monkeypatch.setattr(command, "HOUSE", tmp_path)
    monkeypatch.delenv("CASEBOOK_TEXTS", raising=False)
    assert command.main(["build"]) == 1
    assert "Nothing was written: data/ is as it was." in capsys.readouterr().err
    assert {p.name: p.read_bytes() for p in data.iterdir()} == before


@pytest.mark.parametrize("at", range(12))
def test_a_build_interrupted_at_any_point_leaves_data_whole(tmp_path, monkeypatch, at):
    """Stop at the n-th touch of the disk; data/ is then all of the old or all of the new, at once
    or after the next build.
    """
    data, old, new = tmp_path / "data", {"a": b"1", "b": b"1"}, {"a": b"2", "b": b"2", "c": b"2"}
    write.replace_folder(data, old)
    count = 0

    def fails_at(function):
        def wrapped(*args, **kwargs):
            nonlocal count
            count += 1
            if count == at:
                raise KeyboardInterrupt
            return function(*args, **kwargs)

        return wrapped

    with monkeypatch.context() as patched:
        patched.setattr(write.os, "replace", fails_at(write.os.replace))
        patched.setattr(write.Path, "write_bytes", fails_at(write.Path.write_bytes))
        patched.setattr(write.tempfile, "mkdtemp", fails_at(write.tempfile.mkdtemp))
        patched.setattr(write.shutil, "rmtree", fails_at(write.shutil.rmtree))
        with contextlib.suppress(KeyboardInterrupt):
            write.replace_folder(data, new)
    write.recover(data)
    assert {p.name: p.read_bytes() for p in data.iterdir()} in (old, new)
    write.replace_folder(data, new)
    assert {p.name: p.read_bytes() for p in data.iterdir()} == new
    assert [p.name for p in tmp_path.iterdir()] == ["data"]


@pytest.mark.slow
def test_one_document_more_appears_everywhere_with_no_other_file_edited(seeds, tmp_path):
    from casebook.subjects.arc.charts.arc import arc
    from casebook.subjects.reports.charts.corpus import corpus
    from casebook.subjects.reports.charts.reports import coverage, voices

    new = add_document(tmp_path)
    write.build(seeds, tmp_path / "data")
    tables = Tables(tmp_path / "data")
    for name in ("sources", "claims", "quotes", "positions"):
        assert new in set(getattr(tables, name)["source_id"]), name
    assert made_up_record(new)["events"][0]["event_id"] in set(tables.events["event_id"])
    assert "Made-Up Post" in corpus(tables).html()
    assert "Ukrainian" not in corpus(tables).subtitle
    assert "Ukrainian" in corpus(tables).title
    drawn = arc(tables)
    assert "made up" in {t.get_text() for t in drawn.axes[0].texts}
    assert "The Made-Up Post" in drawn.description
    assert "1 February 2027" in drawn.description
    assert "The Made-Up Post: 1 quoted" in voices(tables).description
    assert "The Made-Up Post: contradicts 1" in coverage(tables).description
    assert "Made-Up" not in arc(tables.as_of("2026-01-09")).description


@pytest.mark.notebook
def test_after_build_and_refresh_the_new_document_stands_in_the_stored_lessons(tmp_path):
    """The whole house is copied, one file is dropped into seeds/, and nothing else is edited."""
    for part in ("seeds", "data", "notebooks"):
        shutil.copytree(HOUSE / part, tmp_path / part, ignore=LEFT_BEHIND)
    add_document(tmp_path)
    for word in ("build", "refresh"):
        assert run(tmp_path, "-m", "casebook", word).returncode == 0
    start, first = (
        (tmp_path / "notebooks" / name).read_text(encoding="utf-8")
        for name in ("00-start-here.ipynb", "01-three-reports.ipynb")
    )
    documents = capital(several(len(Tables(tmp_path / "data").sources), "document"))
    assert "The Made-Up Post" in start
    assert documents in start
    assert "The Made-Up Post: 1 quoted" in first
    assert "coded once and twice" in first


def test_a_document_that_is_not_yet_coded_may_not_have_claims(seeds, tmp_path):
    new = add_document(tmp_path, coded="not yet")
    assert re.search(
        rf"{new}\.yaml, line \d+, coded: its claims are coded\. Allowed: once or twice",
        problems(seeds),
    )
