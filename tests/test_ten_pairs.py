"""Lesson 08's scene: ten pairs before any scale, the learner's own ladder first, and what a second
English of one sentence does to it.
"""

import pandas as pd
import pytest

from casebook.answers import learner
from casebook.subjects.commitment.charts.ladders import (
    STAGES,
    places_apart,
    reader_six,
    two_ladders_picture,
)
from casebook.subjects.commitment.charts.scale import ten_on_paper
from casebook.subjects.commitment.methods import scale as s
from casebook.subjects.commitment.methods import ten
from casebook.subjects.commitment.methods.pairs import CANNOT, parts_of
from casebook.subjects.commitment.widgets.judging import key_of
from casebook.subjects.commitment.widgets.ten_pairs import judge_ten, own_six, two_ladders
from checks import check_legible
from helpers import press

LAST = len(STAGES) - 1


def judge_all(panel, choose):
    """Judge the ten pairs: ``choose`` gives 0, 1 or 2 for (first, second)."""
    while not panel.says.startswith("All"):
        panel.choice.index = choose(len(own_six(judge_all.tables)))
        press(panel, "Keep it, next pair")


@pytest.fixture(autouse=True)
def of_these_tables(tables):
    judge_all.tables = tables


# -- the ten pairs ---------------------------------------------------------------------------------


def test_the_six_are_two_englishes_and_the_four_that_lie_between_or_next_to_them(tables):
    six, strength = ten.six_phrasings(tables), s.scale_of(tables).set_index("phrase_id")["strength"]
    versions = tables.phrases.set_index("phrase_id")["version_of"]
    assert len({versions[twin] for twin in six.twins}) == 1
    assert not versions[list(six.others)].any()
    middle = strength[list(six.twins)].mean()
    farthest = (strength[list(six.others)] - middle).abs().max()
    rest = strength.drop(six.all)[versions.drop(six.all) == ""]
    assert ((rest - middle).abs() >= farthest).all()


def test_in_ten_pairs_each_other_meets_both_englishes_which_never_meet(tables):
    pairs, six = ten.ten_pairs(tables), ten.six_phrasings(tables)
    assert len({key_of(pair) for pair in pairs}) == len(pairs) == 10
    assert set(six.twins) not in [set(pair) for pair in pairs]
    for other in six.others:
        places = [n for n, pair in enumerate(pairs) if other in pair and set(pair) & set(six.twins)]
        assert len(places) == 2 and places[1] - places[0] > 1
    decided = pd.DataFrame([(a, b, a) for a, b in pairs], columns=["first", "second", "chosen"])
    assert len(parts_of(decided, six.all)) == 1


def test_the_pairs_on_paper_are_those_of_the_panel(tables):
    words = tables.phrases.set_index("phrase_id")["words"]
    exhibit = ten_on_paper(tables)
    assert len(exhibit.rows) == 10
    for row, pair in zip(exhibit.rows, ten.ten_pairs(tables)):
        assert all(words[p].split("[")[0].strip() in row[0] for p in pair)
        assert "☐" in row[1]


def test_a_judgement_is_kept_at_once_and_counts_in_the_other_panel_too(tables):
    panel = judge_ten(tables)
    press(panel, "Keep it, next pair")
    assert panel.says == "Choose one of the three first. 0 of 10 judged."
    panel.choice.index = 1
    press(panel, "Keep it, next pair")
    first = ten.ten_pairs(tables)[0]
    assert learner().kept("judgement", key_of(first)) == first[1]
    assert judge_ten(tables).says == "1 of 10 judged."
    press(panel, "Back")
    panel.choice.index = 2
    press(panel, "Keep it, next pair")
    assert learner().kept("judgement", key_of(first)) == CANNOT


def test_neither_date_nor_speaker_nor_scale_stands_beside_the_pairs(tables):
    panel = judge_ten(tables)
    shown = "".join(panel.stored())
    assert not any(name in shown for name in ("Kim", "Putin", "202", "P11", "P19"))


def test_phrasings_that_the_answers_make_equal_stand_in_the_order_of_their_names(tables):
    six = ten.six_phrasings(tables)
    rows = []
    for one, other in ten.ten_pairs(tables):  # each of the four over both Englishes, by turns
        four = [phrase for phrase in (one, other) if phrase in six.others]
        rows.append((one, other, four[0] if len(four) == 1 else CANNOT))
    mine = pd.DataFrame(rows, columns=["first", "second", "chosen"])
    assert (s.strengths(mine, six.all).round(9).value_counts() > 1).any()
    for answers in (mine, mine[::-1]):
        assert ten.own_order(six, answers) == [*six.others, *sorted(six.twins)]


# -- the two ladders -------------------------------------------------------------------------------


def test_the_own_scale_opens_when_all_ten_are_judged(tables):
    panel, ladders = judge_ten(tables), two_ladders(tables)
    assert ladders.says == "Your scale opens when all are judged: ten pairs to go."
    assert "img" not in ladders.result
    judge_all(panel, lambda n: n % 2)
    assert ladders.says.startswith("Your scale of six phrasings.")
    assert "img" in ladders.result


def test_the_first_step_marks_nothing_and_names_no_reader(tables):
    own = ten.six_phrasings(tables).all
    picture = two_ladders_picture(tables, own, 0)
    colours = {line.get_color() for line in picture.axes[0].lines}
    assert len(colours) == 1
    assert "reader" not in picture.title + picture.description
    assert "Englishes" not in picture.title + picture.description
    assert (
        len({line.get_color() for line in two_ladders_picture(tables, own, 1).axes[0].lines}) == 2
    )


def test_the_places_apart_are_counted_on_both_ladders(tables):
    six, reader = ten.six_phrasings(tables), list(reader_six(tables)["phrase_id"])
    own = [six.twins[0], six.twins[1], *six.others]
    assert places_apart(own, six) == 1
    title = two_ladders_picture(tables, own, 2).title
    assert "one place apart on your scale, four on the reader's" in title
    assert places_apart(reader, six) == 4


def test_the_grey_holds_what_the_noise_floor_gives(tables):
    reader = reader_six(tables)
    floor = s.noise_floor(s.scale_of(tables), tables.phrases)
    within = (reader["strength"] >= reader["strength"].iloc[0] - floor).sum()
    picture = two_ladders_picture(tables, list(reader["phrase_id"]), LAST)
    (grey,) = picture.axes[0].collections
    assert grey.get_paths()[0].vertices[:, 1].max() == pytest.approx(within - 1 + 0.4)


@pytest.mark.parametrize("stage", range(len(STAGES)))
def test_the_ladders_are_legible(tables, stage):
    check_legible(two_ladders_picture(tables, ten.six_phrasings(tables).all, stage))


def test_unlike_counts_who_met_both_englishes_with_another_end(tables):
    six = ten.six_phrasings(tables)
    rows = [(o, t, t) for o in six.others for t in six.twins]
    columns = ["first", "second", "chosen"]
    assert ten.judged_unlike(six, pd.DataFrame(rows, columns=columns)) == 0
    rows[0] = (*rows[0][:2], six.others[0])
    assert ten.judged_unlike(six, pd.DataFrame(rows, columns=columns)) == 1
    rows[2] = (*rows[2][:2], CANNOT)
    assert ten.judged_unlike(six, pd.DataFrame(rows, columns=columns)) == 2


def test_a_circle_of_three_answers_is_told_and_where_there_is_none_nothing_is(tables):
    six, first = ten.six_phrasings(tables), "You went round in a circle"
    panel, ladders = judge_ten(tables), two_ladders(tables)
    judge_all(panel, lambda n: [*ten.ten_pairs(tables)[n]].index(min(ten.ten_pairs(tables)[n])))
    assert ten.circle_in(six, own_six(tables)) == () and first not in ladders.says
    (one, other), (a, b, _, _) = six
    rows = [(a, b, a), (b, one, b), (a, one, one), (a, other, CANNOT)]
    mine = pd.DataFrame(rows, columns=["first", "second", "chosen"])
    ring = ten.circle_in(six, mine)
    assert set(ring) == {a, b, one} and ring[(ring.index(a) + 1) % 3] == b
    for pair, chosen in (((a, b), a), ((b, one), b), ((a, one), one)):
        learner().keep("judgement", key_of(pair), chosen)
    ladders.redraw()
    assert first in ladders.says


def test_where_nothing_can_be_compared_there_is_no_scale_and_that_is_a_result(tables):
    panel, ladders = judge_ten(tables), two_ladders(tables)
    judge_all(panel, lambda _: 2)
    assert ladders.says.startswith("Ten pairs of 10 you called not comparable")
    assert ladders.says.endswith("That is a result: no scale.")


# -- what the exercises ask ------------------------------------------------------------------------


def test_no_phrasing_stands_clear_of_its_neighbour(tables):
    found = ten.neighbours(tables)
    assert len(found) == len(tables.phrases) - 1
    assert (found["distance"] >= 0).all()
    assert set(found["told_apart"]) == {"no"}


def test_the_course_follows_the_triples(tables, monkeypatch):
    assert list(ten.course_of_the_log(tables)["course"]) == ["one step"]
    triples = s.rising_triples(tables)
    later = triples["period"] == "from the war on"
    changed = triples.assign(reading=triples["reading"].mask(later, "more than in shuffles"))
    monkeypatch.setattr(ten, "rising_triples", lambda _: changed)
    assert list(ten.course_of_the_log(tables)["course"]) == ["steadily"]
    flat = triples.assign(reading="as in shuffles")
    monkeypatch.setattr(ten, "rising_triples", lambda _: flat)
    assert list(ten.course_of_the_log(tables)["course"]) == ["no change"]
