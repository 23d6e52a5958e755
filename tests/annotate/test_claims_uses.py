"""What a cue does in the company of other words, and what only looks like a cue."""

import csv
from importlib.resources import files

import pytest

from onrecord.annotate.claims.lexicon import load_cues
from onrecord.annotate.claims.uses import Uses
from onrecord.errors import LexiconError

# One line a use: the act, and a sentence with the cue in brackets.
USES = [
    # What is claimed, called, declared, named, reported.
    ("confirmation", "The Dawn Brigade [claimed responsibility] for the fire at the depot."),
    ("announcement", "Both camps [claimed] victory before midnight."),
    ("announcement", "The president has [called] a referendum for June."),
    ("dismissal", "The brewer [called] the inspector's finding a fairy tale."),
    ("opinion", "The brewer [described] the inspector as the best in the county."),
    ("accusation", "The tenants [described] the eviction as a disgrace."),
    ("announcement", "The governor [declared] a state of emergency on Friday."),
    ("opinion", "The captain [declared] himself delighted with the draw."),
    ("announcement", "The emir [named] his nephew as ambassador."),
    ("accusation", "A guard [named] his brother as the man who had set the fire."),
    ("announcement", "Varga Steel [reported] a loss of 9 million euros."),
    ("accusation", "A nurse [reported] the surgeon to the police."),
    # Who speaks.
    ("finding", "The tribunal [held] that the firm had broken the law."),
    ("accusation", "The widow [holds] the bank responsible for the fire."),
    ("finding", "The audit [revealed] that nine vans were missing."),
    # What is wanted and asked.
    ("directive", "The bailiff [asked] for the keys."),
    ("directive", "The priest [asked] that the bells stay silent."),
    ("directive", '"Stay out of the water," the radio [told] bathers.'),
    ("question", "Who had the keys, the bailiff [wanted to know]."),
    ("warning", "The doctor [advised] against swimming in the canal."),
    ("warning", "The council [advised] bathers of a danger of jellyfish."),
    ("warning", "The hospital has been [alerted] by the ministry to a fault in the pumps."),
    # Yes and no.
    ("confirmation", "The clerk [owned up] to the forged receipts."),
    ("confirmation", "The clerk [came clean] about the forged receipts."),
    ("denial", "The clerk has always [maintained] his innocence."),
    ("denial", "The clerk [said] no, the receipts were not forged."),
    ("denial", "The navy [said] it had not sunk the trawler."),
    ("denial", '"The receipts are old," [said] the clerk, contradicting the auditor.'),
    ("dismissal", '"Pure fantasy," the clerk [said] of the complaint.'),
    ("dismissal", "The club [laughed off] reports of a bankruptcy."),
    ("dismissal", "The club [poured cold water] on rumours of a sale."),
    ("dismissal", "The theory was [thrown out] by the museum as gossip."),
    ("denial", "The club [took issue] with the claim."),
    # Idioms.
    ("accusation", "The union [pointed the finger] at the foreman."),
    ("accusation", "The union [cried foul] over the recount."),
    ("accusation", "The union [hit out] at the foreman."),
    ("warning", "The keeper [raised the alarm] over rust in the hull."),
    # Nouns.
    ("commitment", "The owner gave his [word] that the mill would stay open."),
    ("commitment", "The owner gave an [assurance] that the mill would stay open."),
    ("announcement", "The owner gave [notice] that the mill would close."),
    ("accusation", "The weavers lodged a [complaint] that the mill was too cold."),
    ("directive", "The weavers made a [call] for the owner to resign."),
    ("question", "The owner's [query] was who had cut the cable."),
    ("warning", "The boycott [threat] by the weavers was made on Monday."),
    ("warning", "A [warning] of landslides was sent out at noon."),
    ("confirmation", "The [admission] that the cable was cut came too late."),
]

LOOKALIKES = [
    # Things, persons and games.
    "The keeper [warned] the wolves off the sheep.",
    "The hotel [charged] guests for the towels.",
    "The bank [dismissed] four of its brokers.",
    "The mayor [unveiled] a statue in the park.",
    "The visitors [conceded] a penalty in the first half.",
    "The traveller [declared] three watches at the border.",
    "The singer [expects] her first child in June.",
    "The waiter [brushed aside] the guests.",
    "The doctor [scoffed] his lunch.",
    "The widow [claimed] a tax refund.",
    "The flood [claimed] nine lives.",
    "The roofer [quoted] a price of 900 euros.",
    "Detectives [questioned] the jockey for two hours.",
    "The mayor [welcomed] the envoy at the airport.",
    "The mayor [confirmed] her appointment with the dentist.",
    "The nuns [vowed] silence.",
    "The house was [pledged] as security for the loan.",
    "The general [turned on] the radio.",
    "The firm [instructed] a solicitor.",
    "The crowd [urged] the riders up the pass.",
    "The officials [denied] the families a visit.",
    "The widow [found] the ring in a drawer.",
    "The keeper [maintains] the pumps.",
    # Not said: denied, by nobody, a condition, still to come.
    "The office has not [warned] of frost this year.",
    "No group had [claimed responsibility] for the fire by noon.",
    "The museum is due to [announce] its choice in May.",
    "The firm would not [confirm] that the plant was for sale.",
    "If the owner [promises] that nobody will go, the weavers may return.",
    "Had the owner [promised] that nobody would go, the weavers might have returned.",
    "Should the inquest [find] that the boy was pushed, the school would face a trial.",
    "Until a court has [ruled] that the sale was legal, the paintings stay in Basel.",
    "Not a single weaver [asked] whether the fund would pay for coal.",
    "The circus has yet to [confirm] that its last elephant will leave.",
    "The envoy left without [explaining] why the talks had failed.",
    "The panel [concluded] its hearings on Friday.",
]


def marked(sentence):
    before, rest = sentence.split("[")
    cue, after = rest.split("]")
    return before + cue + after, len(before), len(before) + len(cue)


def acts_at(extractor, sentence):
    text, start, end = marked(sentence)
    claims = extractor.extract(text=text, published="2024-05-14").claims
    return [one.speech_act for one in claims if one.cue and one.cue.start < end and start < one.cue.end]


@pytest.mark.parametrize(("act", "sentence"), USES)
def test_company_decides_what_a_cue_does(learned, act, sentence):
    assert acts_at(learned, sentence) == [act]


@pytest.mark.parametrize("sentence", LOOKALIKES)
def test_what_only_looks_like_a_cue_is_none(each_extractor, sentence):
    assert acts_at(each_extractor, sentence) == []


def test_what_one_does_not_accept_is_denied(each_extractor):
    assert acts_at(each_extractor, "The widow does not [accept] that his tank was empty.") == ["denial"]


def test_what_is_said_only_is_said(each_extractor):
    assert acts_at(each_extractor, "The owner would only [say] that the mill was old.") == ["statement"]


IDIOMS = [
    ("The union pointed the finger at the foreman.", "pointed the finger", "at the foreman"),
    ("The union pointed an angry finger at the foreman.", "pointed an angry finger", "at the foreman"),
    ("The clerk owned up to the forged receipts.", "owned up", "to the forged receipts"),
    ("The club laughed the reports off as gossip.", "laughed", "the reports off as gossip"),
    ("The club laughed off the reports.", "laughed off", "the reports"),
]


@pytest.mark.parametrize(("sentence", "cue", "content"), IDIOMS)
def test_idioms_are_one_cue(assert_claims, sentence, cue, content):
    assert_claims(sentence, [{"cue": cue, "content": content}])


def test_the_lexicon_has_many_cues():
    with files("en_onrecord").joinpath("claims/cues.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert len({row["cue"] for row in rows}) >= 600
    assert len({tuple(row.values()) for row in rows}) == len(rows)


BROKEN = [
    ('[[use]]\ncue = "say"\nact = "mumble"\n', "act 'mumble'"),
    ('[[use]]\ncue = "say"\nact = "none"\nverb = "x"\n', "unknown condition verb"),
    ('[[use]]\ncue = "say"\nact = "none"\nobject = "@nowhere"\n', "no class @nowhere"),
]


@pytest.mark.parametrize(("uses", "message"), BROKEN)
def test_a_broken_file_of_uses_is_named(monkeypatch, tmp_path, uses, message):
    lexicon = load_cues()
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "uses.toml").write_text("[classes]\n[phrases]\n" + uses, encoding="utf-8")
    monkeypatch.setattr("onrecord.lexicons.files", lambda _: tmp_path)
    with pytest.raises(LexiconError, match=message) as caught:
        Uses(lexicon)
    assert "claims/uses.toml" in str(caught.value)
