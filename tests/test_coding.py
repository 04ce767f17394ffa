"""Lesson 10's coding: the items by their rule, agreement with known values, what the panel shows
when, alpha among peers.
"""

import json
import os
import re
from pathlib import Path

import pytest
from ipywidgets import Dropdown

from casebook.answers import learner, shape
from casebook.answers.shape import Entry
from casebook.classroom import peer_agreement
from casebook.classroom.work import FOLDER
from casebook.subjects.coding.charts import LOOKS, codebook, reliability
from casebook.subjects.coding.methods.coding import (
    CODES,
    changes,
    coded,
    coding_items,
    item_codes,
    kappa,
    named_confusions,
    with_key,
)
from casebook.subjects.coding.widgets.coding import code_passages
from helpers import coded_twice, controls, press

EXAMPLES = {
    "S0-c20",
    "S1-c16",
    "S1-c27",
    "S2-c06",
    "S3-c29",
    "S3-c25",
    "S2-c47",
    "S2-c48",
    "S0-c06",
    "S0-c35",
    "S1-c21",
    "S4-c24",
    "S0-c04",
    "S0-c15",
    "S2-c42",
    "S2-c33",
    "S0-c26",
    "S0-c23",
}  # the claims that the codebook's examples tell


def fill(tables, round_="1", other=(), value=None):
    """Code all items as the key does, except those of ``other``, which get ``value``."""
    for row in item_codes(tables).itertuples():
        wrong = (row.claim_id, row.code) in other
        learner().keep(
            "coding", f"{row.claim_id}/{round_}/{row.code}", value if wrong else row.settled
        )


# -- the items -------------------------------------------------------------------------------------


def test_the_items_keep_their_rule(tables):
    items = coding_items(tables)
    assert len(items) == 15
    assert set(coded_twice(tables)) <= set(items["source_id"])
    assert not set(items["claim_id"]) & EXAMPLES
    assert (items["contested"] != "").sum() == 6 >= 4
    assert not (items["contested"] != "").head(2).any()
    rest = tables.claims[~tables.claims["claim_id"].isin(EXAMPLES)]
    for code in CODES:
        assert set(items[code]) == set(rest[code]), code
    assert set(rest["stance"]) == {"asserted", "hedged", "alleged"}


def test_each_example_is_told_at_an_address_that_the_codebook_names(tables):
    named = " ".join(tables.codebook["example"])
    claims = tables.claims.set_index("claim_id")
    for name in EXAMPLES:
        assert f"{claims.at[name, 'source_id']} ¶{claims.at[name, 'paragraph']}" in named, name


def test_the_key_is_the_settled_coding_and_the_codebook_is_the_schemas(tables):
    from casebook.records.codebook import CODES as SCHEMA

    key = item_codes(tables)
    claims = tables.claims.set_index("claim_id")
    assert len(key) == 60
    assert all(claims.at[r.claim_id, r.code] == r.settled for r in key.itertuples())
    assert [(r.code, r.value) for r in tables.codebook.itertuples()] == [
        (code, v.name) for code in CODES for v in SCHEMA[code][1]
    ]
    assert "three values" in codebook(tables, "voice").title
    assert "six values" in codebook(tables, "stance").title
    with pytest.raises(KeyError, match="there are: voice, stance, role, origin"):
        codebook(tables, "tone")
    assert "why" not in reliability(tables).title
    assert "flatter" in reliability(tables).subtitle
    assert "language models" in reliability(tables).subtitle
    assert "as told to us, not computed here" in reliability(tables).subtitle
    assert tables.reliability.set_index("code").at["stance", "alpha"] == 1
    assert (tables.claims["role"].value_counts(normalize=True) < 0.5).all()


# -- agreement -------------------------------------------------------------------------------------


def test_kappa_has_its_known_values():
    # Cohen's two-by-two with 45, 15, 25, 15 of 100: observed 0.60, expected 0.54, kappa 0.06/0.46.
    pairs = [("y", "y")] * 45 + [("y", "n")] * 15 + [("n", "y")] * 25 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.1304, abs=1e-4)
    assert kappa([("a", "a"), ("b", "b")]) == 1
    assert kappa([("a", "b"), ("b", "a")]) == -1
    assert kappa([]) is None
    assert kappa([("a", "a")] * 4) is None
    assert kappa([("a", "b")] * 4) == 0


def test_agreement_with_the_key_leaves_contested_codes_out(tables):
    key = item_codes(tables)
    mine = {(r.claim_id, r.code): r.settled for r in key.itertuples()}
    contested = key[key["contested"] == "yes"]
    assert len(contested) == 7
    perfect = with_key(tables, mine)
    assert [(f.code, f.items, f.same) for f in perfect] == [
        ("voice", 12, 12),
        ("stance", 15, 15),
        ("role", 13, 13),
        ("origin", 13, 13),
    ]
    assert all(f.kappa == 1 for f in perfect)
    assert (
        with_key(tables, mine | {(r.claim_id, r.code): "nonsense" for r in contested.itertuples()})
        == perfect
    )
    assert all(f.items == 0 and f.kappa is None for f in with_key(tables, {}))


def test_confusions_are_counted_named_and_explained(tables):
    key = item_codes(tables)
    mine = {
        (r.claim_id, r.code): "asserted" if r.code == "stance" else r.settled
        for r in key.itertuples()
    }
    found = named_confusions(tables, mine)
    assert [(r.said, r.key, r.times, r.items) for r in found.itertuples()] == [
        ("asserted", "hedged", 2, "S4-c38; S2-c30"),
        ("asserted", "alleged", 1, "S2-c44"),
    ] or sorted((r.said, r.key, r.times) for r in found.itertuples()) == [
        ("asserted", "alleged", 1),
        ("asserted", "hedged", 2),
    ]
    assert "hedged" in found.iloc[0]["near_miss"]


def test_changes_between_rounds_say_where_they_went(tables):
    before = {
        ("S2-c21", "voice"): "outlet",
        ("S2-c44", "stance"): "alleged",
        ("S1-c17", "voice"): "quoted",
        ("S0-c24", "origin"): "expert",
    }
    after = {
        ("S2-c21", "voice"): "quoted",
        ("S2-c44", "stance"): "hedged",
        ("S1-c17", "voice"): "paraphrased",
        ("S0-c24", "origin"): "none_named",
    }
    found = changes(tables, before, after).set_index("claim_id")["move"]
    assert dict(found) == {
        "S2-c21": "to the key",
        "S2-c44": "from the key",
        "S1-c17": "contested",
        "S0-c24": "elsewhere",
    }
    assert changes(tables, before, before).empty


def test_keys_of_kept_codings_are_read_and_strange_ones_left_out():
    kept = {
        "S2-c21/1/voice": "quoted",
        "S2-c21/2/voice": "outlet",
        "S2-c21/1/tone": "x",
        "nonsense": "y",
    }
    assert coded(kept, "1") == {("S2-c21", "voice"): "quoted"}
    assert coded(kept, "2") == {("S2-c21", "voice"): "outlet"}


# -- the panel -------------------------------------------------------------------------------------


def drops(panel):
    return {choice.description: choice for choice in controls(panel, Dropdown)}


def test_a_choice_is_kept_at_once_and_a_reopened_panel_goes_on_where_it_was_left(tables):
    panel = code_passages(tables)
    assert panel.says.startswith("Claim 1 of 15, first round: no of four codes chosen.")
    for code, value in (
        ("voice", "quoted"),
        ("stance", "asserted"),
        ("role", "news"),
        ("origin", "leader_or_state_media"),
    ):
        drops(panel)[code].value = value
    assert learner().kept("coding", "S2-c21/1/voice") == "quoted"
    assert "One claim of 15 complete; the next to do is claim 2." in panel.says
    again = code_passages(tables)
    assert again.says.startswith("Claim 2 of 15")
    press(again, "Previous")
    assert drops(again)["voice"].value == "quoted"
    drops(again)["voice"].value = ""
    assert learner().kept("coding", "S2-c21/1/voice") is None
    press(again, "Previous")
    assert again.says.startswith("There is no earlier claim.")


def test_the_key_is_shown_for_five_claims_at_a_time_once_they_are_coded(tables):
    fill(tables)
    learner().forget("coding", "S2-c21/1/role")
    panel = code_passages(tables)
    press(panel, "Compare with the key")
    assert panel.says.startswith("The key is shown for five claims at a time")
    assert "claim 1" in panel.says
    assert panel.result == ""
    for hidden in ("contested", "settled", "Settled"):
        assert hidden not in "".join(panel.stored())
    drops(panel)["role"].value = "news"
    learner().forget("coding", "S1-c09/1/role")  # the last claim
    panel = code_passages(tables)
    assert panel.says.endswith("The first ten can be compared.")
    press(panel, "Compare with the key")
    assert panel.says.startswith("Agreement with the key, first round, 10 claims: voice")
    assert not re.search("claim 1[1-5]", panel.result.lower())
    press(panel, "Compare with the key")
    drops(panel)["role"].value = "news"
    press(panel, "Compare with the key")
    assert panel.says.startswith(
        "Agreement with the key, first round, 15 claims: voice 12 of 12, stance 15 of 15,"
        " role 13 of 13, origin 13 of 13"
    )
    assert panel.result.count("<tr>") >= 11
    assert "nobody is counted wrong" in panel.result


def test_the_comparison_names_what_was_taken_for_what_and_shows_both_coders(tables):
    fill(tables, other={("S2-c44", "stance"), ("S4-c38", "stance")}, value="asserted")
    panel = code_passages(tables)
    press(panel, "Compare with the key")
    assert (
        "you said “asserted” where the key says “alleged”, once (claim 4: United States"
        " intelligence" in panel.result
    )
    assert "“Alleged” asks: Is it a charge" in panel.result
    assert "near miss of “asserted”" in panel.result
    assert "stance 13 of 15" in panel.says
    assert "not the truth" in panel.says
    contested = re.search(r"<h4>Contested.*?</table>", panel.result, re.S)[0]
    assert contested.count("<tr>") == 8
    assert "Claim 14, origin" in contested
    assert [w.description for w in controls(panel, Dropdown)] == ["Round"], (
        "the comparison stands beside its button, not under the claim"
    )
    press(panel, "Compare with the key")
    assert panel.result == ""
    assert panel.says.startswith("Claim 1 of 15")
    assert len(controls(panel, Dropdown)) == 5
    press(panel, "Compare with the key")
    press(panel, "Next")
    assert panel.result == "" and len(controls(panel, Dropdown)) == 5, (
        "the next claim closes the comparison"
    )


def test_the_second_round_opens_after_the_first_and_shows_what_changed(tables):
    panel = code_passages(tables)
    rounds = drops(panel)["Round"]
    rounds.value = "2"
    assert rounds.value == "1"
    assert panel.says.startswith("The second round opens when the first is complete")
    fill(tables, other={("S2-c44", "stance")}, value="hedged")
    rounds.value = "2"
    assert rounds.value == "2"
    assert "second round: no of four" in panel.says
    fill(tables, "2")
    press(panel, "Compare with the key")
    assert (
        "second round: one change" in panel.result
        and "One to the key&#x27;s value" in panel.result
        or "One to the key's value" in panel.result
    )
    assert "“hedged” → “alleged”" in panel.result


def test_the_panel_is_stored_with_the_passage_and_the_test_questions(tables):
    text, html = (
        code_passages(tables)._repr_mimebundle_(include=None, exclude=None)["text/plain"],
        code_passages(tables).stored()[1],
    )
    assert "Claim 1 of 15" in text
    assert "sanctions strangulation" in html
    assert "Is it said flatly" in html


def test_a_coding_that_cannot_be_saved_is_told_and_stays_on_the_screen(tables, monkeypatch):
    panel = code_passages(tables)
    from casebook.answers import NotKept, Work

    def refuse(*_):
        raise NotKept("Not saved yet: the disk is full.")

    monkeypatch.setattr(Work, "keep", refuse)
    drops(panel)["voice"].value = "quoted"
    assert panel.says.startswith("Not saved yet: the disk is full.")
    assert drops(panel)["voice"].value == "quoted"


# -- peers -----------------------------------------------------------------------------------------


def test_without_files_a_synthetic_pair_is_called_so(tables):
    exhibit = peer_agreement(tables)
    assert exhibit.title.startswith("SYNTHETIC pair of coders: alpha voice")
    assert "nobody's answers" in exhibit.source
    assert exhibit.html() == peer_agreement(tables).html()
    assert "two coders" not in exhibit.html()  # their alpha is guessed first
    assert "0.94" not in exhibit.description


def test_alpha_among_peers_has_its_known_value_and_takes_only_sound_files(tables):
    folder = Path(os.environ["CASEBOOK_WORK"]) / FOLDER
    folder.mkdir(parents=True)
    key = item_codes(tables)

    def hand_in(name, swap=()):
        entries = {
            ("coding", f"{r.claim_id}/1/{r.code}"): Entry(
                "asserted" if (r.claim_id, r.code) in swap else r.settled, "2026-01-31T12:00:00Z"
            )
            for r in key.itertuples()
        }
        (folder / f"{name}.json").write_bytes(shape.written(name, entries))

    hand_in("anna")
    hand_in("ben", {("S2-c44", "stance")})
    (folder / "broken.json").write_text("<script>", encoding="utf-8")
    (folder / "strange.json").write_bytes(
        shape.written(
            "carl", {("coding", "S9-c99/1/voice"): Entry("quoted", "2026-01-31T12:00:00Z")}
        )
    )
    exhibit = peer_agreement(tables)
    # 30 values: asserted 25, hedged 4, alleged 1; one unit of 15 disagrees. 1 - 29 * 2 / (30*30 -
    # 25*25 - 16 - 1).
    assert exhibit.title.startswith("Your class: alpha voice 1.00; stance")
    assert f"stance {1 - 29 * 2 / (900 - 625 - 16 - 1):.2f}" in exhibit.title
    assert "<script>" not in exhibit.html()


def test_the_synthetic_class_of_the_results_page_codes_the_items_of_the_lesson(tables):
    from casebook.classroom import class_work

    work = class_work(tables)
    assert set(work.pooled.codings["item"]) == set(tables.coding_items["claim_id"])
    assert json.dumps(sorted(set(work.pooled.codings["code"]))) == json.dumps(sorted(CODES))


def test_each_value_of_a_code_has_a_look_of_its_own(tables):
    assert len(set(LOOKS)) == len(LOOKS) >= tables.codebook["code"].value_counts().max()
