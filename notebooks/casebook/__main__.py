"""``python -m casebook build | refresh [--check] [NAME …] | handout NN [--answers] |
new NN-title | edition [--lab] | kit | shorter NN | words | scale``: what start.py dispatches to.
"""

import argparse
import os
import sys
from pathlib import Path

from casebook.core.platform import HOUSE

NEXT = """What comes next: replace what notebooks/{name}.ipynb, seeds/lessons/{number}/ and
teach/{number}.md say, question first; name the lesson in README.md and teach/plan.md. Then
python start.py build, python start.py refresh, python start.py test."""


def _texts() -> Path | None:
    """The folder of the five texts, if CASEBOOK_TEXTS names one."""
    named = os.environ.get("CASEBOOK_TEXTS")
    return Path(named) if named else None


def build(_: argparse.Namespace) -> int:
    """seeds/ → data/, and the names of its tables for editors."""
    from casebook.build.stub import MODULE, tables_stub
    from casebook.build.write import build as build_data
    from casebook.records.reader import SeedsError

    try:
        seeds = build_data(HOUSE / "seeds", HOUSE / "data", _texts())
    except SeedsError as error:
        print(f"{error}\nNothing was written: data/ is as it was.", file=sys.stderr)
        return 1
    MODULE.with_suffix(".pyi").write_text(tables_stub(), encoding="utf-8", newline="\n")
    claims = sum(len(r.claims) for r in seeds.records)
    quotes = sum(len(r.quotes) for r in seeds.records)
    against = (
        "checked against the texts"
        if _texts()
        else "not checked against the texts (CASEBOOK_TEXTS is not set)"
    )
    print(
        f"data/ built: {len(seeds.records)} documents, {claims} claims, {quotes} quotations,"
        f" {len(seeds.facts)} facts, {len(seeds.messages)} messages; {against}."
    )
    return 0


def refresh(options: argparse.Namespace) -> int:
    """Run the notebooks afresh and store them, or with --check say which differ."""
    from casebook.build.refresh import refresh as refresh_notebooks

    return refresh_notebooks(HOUSE / "notebooks", options.names, check=options.check)


def new(options: argparse.Namespace) -> int:
    """Begin a lesson: notebook, seeds/lessons/NN/ and teacher's page, then build and run."""
    from casebook.build.new import Refused, new_lesson
    from casebook.build.refresh import refresh as refresh_notebooks

    try:
        written = new_lesson(HOUSE, options.name)
    except Refused as error:
        print(error, file=sys.stderr)
        return 1
    print("Written:", *(f"  {path.relative_to(HOUSE).as_posix()}" for path in written), sep="\n")
    # 00 shows the map of all lessons.
    if build(options) or refresh_notebooks(HOUSE / "notebooks", ["00", options.name]):
        print("The lesson's files stay. Mend that, then build and refresh.", file=sys.stderr)
        return 1
    print(NEXT.format(name=options.name, number=options.name[:2]))
    return 0


def words(_: argparse.Namespace) -> int:
    """Count the words of the texts into seeds/corpus/words.csv."""
    from casebook.build.words import count_into
    from casebook.records.reader import SeedsError

    if _texts() is None:
        print("Set CASEBOOK_TEXTS to the folder that holds the articles' texts.", file=sys.stderr)
        return 1
    try:
        print(count_into(HOUSE / "seeds", _texts()))
    except SeedsError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def scale(_: argparse.Namespace) -> int:
    """Work out the scale of the judgements into seeds/commitment/strengths.csv."""
    from casebook.build.scale import work_out
    from casebook.records.reader import SeedsError

    try:
        print(work_out(HOUSE / "seeds"))
    except (SeedsError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _tell_of_own_files(tables) -> None:
    """Say what is wrong in the teacher's own files; the rest is printed all the same."""
    from casebook.exercises.own import read_own
    from casebook.kit.sheet import unknown_skips

    for problem in [*read_own().problems, *unknown_skips(tables)]:
        print(f"my_questions/{problem}", file=sys.stderr)


def handout(options: argparse.Namespace) -> int:
    """Write a lesson's paper part as HTML to print; with --answers the teacher's copy."""
    from casebook.core.tables import open_tables
    from casebook.kit.write import write_handout

    tables = open_tables()
    _tell_of_own_files(tables)
    try:
        paths = write_handout(tables, options.lesson, HOUSE / "handouts", options.answers)
    except KeyError as error:
        print(f"{error.args[0]}.", file=sys.stderr)
        return 1
    names = " and ".join(str(path.relative_to(HOUSE)) for path in paths)
    print(f"Written: {names}. Open it in a browser and print it.")
    return 0


def shorter(options: argparse.Namespace) -> int:
    """Write a copy of a lesson without what my_questions/skip.txt names, and with own questions."""
    from casebook.core.tables import open_tables
    from casebook.kit.shorter import write_shorter

    _tell_of_own_files(open_tables())
    try:
        path = write_shorter(HOUSE / "notebooks", options.lesson)
    except KeyError as error:
        print(f"{error.args[0]}.", file=sys.stderr)
        return 1
    print(f"Written: {path.relative_to(HOUSE)}. It stands in JupyterLab's list of files.")
    return 0


def kit(options: argparse.Namespace) -> int:
    """Write the teacher's kit into edition/kit/: sheets, marking sides, letters, forms."""
    from casebook.core.tables import open_tables
    from casebook.kit.write import write_kit

    tables, folder = open_tables(), HOUSE / "edition" / "kit"
    _tell_of_own_files(tables)
    files = write_kit(tables, folder, pdf=not options.no_pdf)
    size = sum(path.stat().st_size for path in files) / 1e6
    print(f"Written: edition/kit/, {len(files)} files, {size:.1f} MB. Begin with index.html.")
    return 0


def edition(options: argparse.Namespace) -> int:
    """Write the lessons as pages that work without a kernel into edition/; with --lab JupyterLite
    beside them.
    """
    from casebook.core.tables import open_tables
    from casebook.edition.write import write

    notebooks = sorted((HOUSE / "notebooks").glob("[!.]*.ipynb"))
    first, *_ = write(open_tables(), notebooks, HOUSE / "edition")
    print(f"Written: edition/{first.name}.html, and a page for each lesson. Open it in a browser.")
    return _lab(notebooks) if options.lab else 0


def _lab(notebooks: list[Path]) -> int:
    from casebook.edition.lab.fetch import NotFetched
    from casebook.edition.lab.write import add

    try:
        site = add(
            HOUSE / "edition", notebooks, HOUSE / ".site", lambda line: print(line, flush=True)
        )
    except (NotFetched, RuntimeError) as error:
        print(f"{error}\nThe pages are written; JupyterLite is not among them.", file=sys.stderr)
        return 1
    print(f"Written: {site.relative_to(HOUSE)}/, to which each page links. It needs a web server.")
    return 0


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="casebook", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("build", help=build.__doc__).set_defaults(run=build)
    verb = verbs.add_parser("refresh", help=refresh.__doc__)
    verb.add_argument(
        "--check",
        action="store_true",
        help="change nothing; exit 1 and name the notebooks that differ",
    )
    verb.add_argument("names", nargs="*", help="notebooks by number or file name; none: all")
    verb.set_defaults(run=refresh)
    verb = verbs.add_parser("handout", help=handout.__doc__)
    verb.add_argument("lesson", help="the lesson's number, as in 01")
    verb.add_argument("--answers", action="store_true", help="the teacher's copy")
    verb.set_defaults(run=handout)
    verb = verbs.add_parser("shorter", help=shorter.__doc__)
    verb.add_argument("lesson", help="the lesson's number, as in 01")
    verb.set_defaults(run=shorter)
    verb = verbs.add_parser("kit", help=kit.__doc__)
    verb.add_argument("--no-pdf", action="store_true", help="pages and DOCX alone, which is quick")
    verb.set_defaults(run=kit)
    verb = verbs.add_parser("new", help=new.__doc__)
    verb.add_argument("name", help="number and title, as in 11-your-title")
    verb.set_defaults(run=new)
    verb = verbs.add_parser("edition", help=edition.__doc__)
    verb.add_argument("--lab", action="store_true", help="the notebooks too, in the browser")
    verb.set_defaults(run=edition)
    verbs.add_parser("words", help=words.__doc__).set_defaults(run=words)
    verbs.add_parser("scale", help=scale.__doc__).set_defaults(run=scale)
    options = parser.parse_args(arguments)
    return options.run(options)


if __name__ == "__main__":
    sys.exit(main())
