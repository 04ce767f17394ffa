"""Lesson 10's scenes: one sentence and two coders; the learner's own document among the five."""

import json

import pytest

from casebook.answers import learner
from casebook.subjects.coding.charts import codes_of_documents
from casebook.subjects.coding.methods.coding import CODES, NO_VALUE, alpha_of_ten, document_codes
from casebook.subjects.coding.methods.parting import overruled, parting
from casebook.subjects.coding.widgets.own_document import add_document, as_document
from casebook.subjects.coding.widgets.two_coders import STEPS, code_together
from checks import check_legible
from helpers import press

LAST = len(STEPS) - 1


# -- two coders ------------------------------------------------------------------------------------


def test_a_parting_has_both_values_the_remark_and_the_rule_that_names_the_claim(tables):
    found = parting(tables, "S3-c11", "voice")
    assert (found.first, found.second, found.settled) == ("quoted", "paraphrased", "paraphrased")
    assert found.remark.startswith("noun phrases quoted")
    assert "predicate inside the marks" in found.rule
    with pytest.raises(KeyError, match="no two codings"):
        parting(tables, "S9-c01", "voice")


def test_every_remark_stands_beside_a_contested_claim(tables):
    codings = tables.codings
    assert (codings.loc[codings["remark"] != "", "contested"] == "yes").all()
    assert (codings["remark"] != "").sum() > len(codings[codings["contested"] == "yes"]) / 2


def test_on_few_claims_both_coders_agree_and_something_else_is_settled(tables):
    assert "S1-c01" in overruled(tables)
    contested = tables.codings.query("contested == 'yes'")["claim_id"]
    assert 0 < len(overruled(tables)) < contested.nunique()


def test_what_the_lesson_says_of_the_two_in_words(tables):
    agreed = tables.reliability.set_index("code")["agreement"]
    assert round(agreed["voice"] * 100) == 97  # “ninety-seven claims of a hundred”
    assert overruled(tables) == ["S0-c18", "S1-c01"]  # “the claim that you saw, and one more”


def test_the_scene_gives_nothing_away_before_it_is_opened(tables):
    panel = code_together(tables, "S3-c11", "voice")
    html, says = panel.state({"mine": "", "opened": 0})
    assert "deepening" in html
    assert not any(name in html + says for name in ("coder", "Settled", "rule"))
    html, says = panel.state({"mine": "quoted", "opened": 1})
    assert "The first coder" in html and "The second coder" not in html
    assert says == "The first coder wrote “quoted”, as you do."
    html, says = panel.state({"mine": "quoted", "opened": 2})
    assert "alt quoted" in html and "Settled" not in html
    html, says = panel.state({"mine": "quoted", "opened": LAST})
    assert "predicate inside the marks" in html
    assert says == "Settled afterwards: “paraphrased”, and you say “quoted”."


def test_the_tests_of_today_stand_with_the_rule_and_not_before(tables):
    panel = code_together(tables, "S3-c11", "voice")
    before, after = (panel.state({"mine": "quoted", "opened": n})[0] for n in (2, LAST))
    assert "Cover the marks" not in before
    assert "Cover the marks" in after


def test_alpha_of_one_value_only_is_not_defined(tables):
    found = alpha_of_ten(tables).set_index("case")["alpha"]
    assert found.to_dict() == {"asserted by both": "not defined", "by halves, the same": "1"}


# -- the learner's own document --------------------------------------------------------------------


def test_the_counts_of_the_five_are_those_of_the_claims(tables):
    for code in CODES:
        counts = document_codes(tables, code)
        assert int(counts.to_numpy().sum()) == len(tables.claims)
        assert counts.loc["WION", tables.claims.query("source_id == 'S3'")[code].mode()[0]] > 0
        assert not counts[NO_VALUE].any()


def test_an_own_document_is_one_bar_more_and_changes_no_other(tables):
    own = ["paraphrased", "paraphrased", NO_VALUE]
    with_own, without = (
        document_codes(tables, "voice", own, "Mine"),
        document_codes(tables, "voice"),
    )
    assert with_own.drop(index="Mine").to_dict("index") == without.to_dict("index")
    assert with_own.loc["Mine"].sum() == 3
    picture = codes_of_documents(tables, "voice", own, "Mine")
    assert picture.title == "Mine has three claims: two “paraphrased” and one “no value fits”"
    bars = picture.axes[0].patches
    mine = [bar for bar in bars if round(bar.get_y() + bar.get_height() / 2) == 5]
    assert sum(bar.get_width() for bar in mine) == pytest.approx(1)
    assert "Mine: two “paraphrased”" in picture.description


@pytest.mark.parametrize("name", ["▸ The Post of the Town of Oren on its Lake", "▸ $a_$ and b^"])
def test_a_long_name_has_room_beside_its_bar_and_no_sign_in_it_is_a_formula(tables, name):
    picture = codes_of_documents(tables, "stance", ["hedged", NO_VALUE], name)
    check_legible(picture, apart=r"[▸A-Z].*")
    (*_, label) = picture.axes[0].get_yticklabels()
    assert name.startswith(label.get_text().removesuffix("…"))
    assert picture.svg()


def fill(panel, claim, **codes):
    panel.fields["claim"].value = claim
    for code, value in codes.items():
        panel.fields[code].value = value


def test_what_is_written_is_kept_and_a_reopened_panel_has_it(tables):
    panel = add_document(tables)
    assert panel.says.startswith("No voice is chosen yet")
    press(panel, "Add a claim")
    assert panel.says.startswith("The last claim has no words yet.")
    panel.fields["name"].value = "A statement"
    fill(panel, "Somebody is very concerned.", voice="paraphrased", origin=NO_VALUE)
    press(panel, "Add a claim")
    fill(panel, "That would be dangerous.", voice="paraphrased")
    gap = "No value of the codebook fits in one place."
    says = f"Two claims of your document stand in the chart. {gap}"
    assert panel.says == says
    assert "▸ A statement" in panel.result
    again = add_document(tables)
    assert again.says == says
    assert again.fields["claim"].value == "Somebody is very concerned."
    press(again, "Delete this claim")
    assert again.says == "One claim of your document stands in the chart."
    kept = json.loads(learner().kept("writing", "10-document"))
    assert [claim["claim"] for claim in kept["claims"]] == ["That would be dangerous."]


def test_what_is_empty_is_not_kept(tables):
    panel = add_document(tables)
    panel.fields["name"].value = "A statement"
    panel.fields["name"].value = ""
    assert learner().kept("writing", "10-document") is None


@pytest.mark.parametrize(
    "strange",
    [None, 7, "no JSON", "[]", '{"claims": 3}', '{"name": 4, "claims": [7, {"claim": 3}]}'],
)
def test_a_strange_kept_document_is_an_empty_one(strange):
    assert as_document(strange, {code: {"x"} for code in CODES}) == ("", [])


def test_of_a_kept_claim_only_what_the_codebook_has_is_taken():
    text = json.dumps({"name": "N", "claims": [{"claim": "C", "voice": "x", "role": "gone"}]})
    allowed = {code: {"x"} for code in CODES}
    assert as_document(text, allowed) == ("N", [{"claim": "C", "voice": "x"}])
