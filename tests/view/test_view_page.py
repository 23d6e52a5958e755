import base64
import hashlib
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from onrecord.records import Article, ArticleRecord
from onrecord.view import to_cell, to_html
from onrecord.view.page.text import LANES, claim_lanes


def parsed(*records):
    return html.document_fromstring(to_html(records).encode("utf-8"))


def text_of(page):
    return "\n".join(
        "".join(node for node in paragraph.xpath(".//text()[not(parent::a[@class='number'])]"))
        for paragraph in page.xpath("//div[@class='text']/p")
    )


def words(element):
    return " ".join(element.text_content().split())


def test_the_whole_text_stands_on_the_page(harbour):
    assert text_of(parsed(harbour)) == harbour.article.text


def test_every_link_within_the_page_leads_somewhere(harbour):
    page = parsed(harbour, harbour)
    identifiers = page.xpath("//@id")
    assert len(set(identifiers)) == len(identifiers)
    targets = [href[1:] for href in page.xpath("//@href") if href.startswith("#")]
    assert set(targets) <= set(identifiers)
    for attribute in ("for", "aria-labelledby"):
        assert set(page.xpath(f"//@{attribute}")) <= set(identifiers)


def test_what_is_to_be_doubted_stands_below_the_title(doubted, harbour):
    reason = 'it says <b>"subscribe"</b> & \u202e\x1b'
    page = parsed(doubted([{"code": "may_be_cut", "reason": reason}]), harbour)
    (line,) = page.xpath("//p[@class='doubts']")
    assert line.getprevious().get("class") == "facts"
    assert line.text == 'Doubtful: may be cut: it says <b>"subscribe"</b> & \ufffd\ufffd'
    assert not len(line)


def test_text_and_claims_link_to_one_another(harbour):
    page = parsed(harbour, harbour)
    for record in ("r1", "r2"):
        for number in range(1, 6):
            (there,) = page.xpath(f"//div[@class='text']//a[@href='#{record}-c{number}']")
            (back,) = page.xpath(f"//div[@id='{record}-c{number}']//a[@class='number']")
            assert back.get("href") == f"#{there.get('id')}"
            content = "".join(
                piece.text_content()
                for piece in page.xpath("//div[@class='text']//span")
                if {f"{record}-c{number}", "content"} <= set(piece.get("class").split())
            )
            assert harbour.claims[number - 1].content[0].text in content


def test_a_claim_stands_with_each_who_makes_it(together):
    page = parsed(together)
    groups = {words(one.find("summary/span")): one for one in page.xpath("//section[@id='sources']/details")}
    for name in ("Clearwater Watch", "local fishermen"):
        assert len(groups[name].xpath(".//li[@data-card='r1-c4']")) == 1
    (card,) = page.xpath("//div[@id='r1-c4']")
    numbers = {one.text.rsplit(" (", 1)[0]: one.get("value") for one in page.xpath("//select/option")}
    assert card.get("data-source").split() == [numbers["Clearwater Watch"], numbers["local fishermen"]]
    (who,) = card.xpath("p[@class='who']")
    assert words(who) == "Clearwater Watch and it [Clearwater Watch] and local fishermen"


def test_overlapping_spans_are_cut_at_their_boundaries(harbour):
    page = parsed(harbour)
    (figure,) = page.xpath("//div[@class='text']//span[contains(@class, 'figure') and text()='at least 40']")
    classes = set(figure.get("class").split())
    assert {"figure", "content", "r1-c4", "r1-c5", "lane0-asserts", "lane1-asserts"} <= classes
    assert "figure: ≥ 40 seabirds" in figure.get("title")
    assert not page.xpath("//div[@class='text']//span//span")


def claims_over(*extents):
    text = "word " * 40
    spans = [{"start": start, "end": end, "text": text[start:end]} for start, end in extents]
    claims = [
        {"id": f"c{n}", "quotation": "indirect", "speech_act": "statement", "source": {}, "content": [span]}
        for n, span in enumerate(spans)
    ]
    return ArticleRecord(article=Article.of(text), claims=claims)


@pytest.mark.parametrize(
    ("extents", "lanes"),
    [
        ([], []),
        ([(0, 10), (10, 20)], [0, 0]),
        ([(5, 8), (0, 10)], [1, 0]),
        ([(0, 10), (5, 15), (10, 20)], [0, 1, 0]),
        ([(0, 9), (0, 9)], [0, 1]),
    ],
)
def test_claims_that_overlap_run_in_lanes_of_their_own(extents, lanes):
    assert claim_lanes(claims_over(*extents)) == lanes


extents = st.tuples(st.integers(0, 90), st.integers(1, 9)).map(lambda one: (one[0], one[0] + one[1]))


@given(st.lists(extents, max_size=LANES))
def test_no_lane_is_shared_while_there_are_lanes(spans):
    lanes = claim_lanes(claims_over(*spans))
    for one, (start, end) in enumerate(spans):
        for other, (begin, finish) in enumerate(spans[:one]):
            if start < finish and begin < end:
                assert lanes[one] != lanes[other]


def test_claims_are_told_in_words(harbour):
    (card,) = parsed(harbour).xpath("//div[@id='r1-c2']")
    assert words(card.xpath("p[@class='who']")[0]) == "The harbour board → against Clearwater Watch"
    assert words(card.xpath(".//span[@class='act']")[0]) == "dismissal"
    details = dict(zip(card.xpath(".//dt/text()"), card.xpath(".//dd/text()"), strict=True))
    assert details == {"figures": "about 300 litres of diesel", "said": "Monday"}
    assert "confidence 100%" in words(card)


def test_a_claim_within_a_claim_links_to_it(harbour):
    (link,) = parsed(harbour).xpath("//div[@id='r1-c5']//dd/a")
    assert (link.get("href"), link.text) == ("#r1-c4", "claim 4")


def test_the_claims_of_a_source_stand_together_across_articles(harbour):
    page = parsed(harbour, harbour)
    groups = page.xpath("//*[@id='sources']/details")
    (watch,) = [one for one in groups if words(one.xpath("summary/*")[0]) == "Clearwater Watch"]
    assert words(watch.xpath(".//*[@class='count']")[0]) == "2 claims in 2 articles"
    assert watch.xpath(".//li/@data-card") == ["r1-c4", "r2-c4"]


def test_what_is_no_name_is_another_source_in_each_article(harbour):
    page = parsed(harbour, harbour)
    names = [words(name) for name in page.xpath("//*[@id='sources']/details/summary/*[@class='name']")]
    assert names.count("local fishermen") == 2


def test_disputes_stand_side_by_side(harbour):
    (dispute,) = parsed(harbour).xpath("//*[@class='dispute']")
    assert words(dispute.xpath("p")[0]) == harbour.disputes[0].matter
    claimed, against = dispute.xpath(".//ul")
    assert (claimed.xpath("li/@data-card"), against.xpath("li/@data-card")) == ([], ["r1-c3", "r1-c2"])


def test_a_claim_that_is_aimed_at_stands_beside_what_is_aimed_at_it(harbour):
    denial = harbour.claims[0].model_copy(
        update={"target": harbour.claims[0].target.model_copy(update={"claim": "c4"})}
    )
    record = harbour.model_copy(update={"claims": (denial, *harbour.claims[1:]), "disputes": ()})
    (dispute,) = parsed(record).xpath("//*[@class='dispute']")
    assert [side.xpath("li/@data-card") for side in dispute.xpath(".//ul")] == [["r1-c4"], ["r1-c1"]]


def test_dates_stand_in_the_order_of_the_calendar(harbour):
    moments = parsed(harbour).xpath("//li[@class='moment']")
    assert [words(moment.xpath("h3")[0]) for moment in moments] == [
        "2024-05",
        "2024-06-10",
        "2024-06-12",
    ]
    assert moments[0].xpath(".//li/@data-card") == ["r1-c4", "r1-c5"]
    assert "Published: Harbour board denies fuel leak claim" in words(moments[2])


def test_places_with_coordinates_are_on_the_map(harbour):
    place = harbour.places[0].model_copy(update={"lat": 53.3, "lon": -6.2})
    page = parsed(harbour.model_copy(update={"places": (place,)}))
    (marker,) = page.xpath("//*[@class='marker']")
    assert marker.get("href") == "#place-0"
    assert words(marker.xpath("text")[0]) == place.name
    assert page.xpath("//*[@class='land']/@d")[0].startswith("M")


def test_without_coordinates_there_is_a_list_and_no_map(harbour):
    place = harbour.places[0].model_copy(update={"lat": None, "lon": None})
    page = parsed(harbour.model_copy(update={"places": (place,)}))
    assert not page.xpath("//*[@class='map']")
    assert page.xpath("//*[@id='place-0']")


def test_the_table_for_copying_is_the_flat_claim_table(harbour):
    (block,) = parsed(harbour, harbour).xpath("//script[@id='table']/text()")
    table = json.loads(block)
    rows = [dict(zip(table["fields"], row, strict=True)) for row in table["rows"]]
    assert rows == harbour.to_rows() * 2


def test_nothing_is_a_page_too():
    assert words(parsed().xpath("//h1")[0]) == "On record"
    assert parsed(ArticleRecord(article=Article.of("Nothing said."))).xpath("//h1")


def hashed(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_page_loads_nothing_and_runs_only_its_own_scripts(harbour):
    page = parsed(harbour)
    assert not page.xpath("//link | //img | //iframe | //object | //@src | //@style | //@action")
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    directives = dict(one.split(" ", 1) for one in policy.split("; "))
    assert directives["default-src"] == directives["base-uri"] == directives["form-action"] == "'none'"
    assert directives["style-src"] == hashed(page.xpath("string(//style)"))
    scripts = [one.text for one in page.xpath("//script[not(@type)]")]
    assert directives["script-src"].split() == [hashed(script) for script in scripts]
    assert not any(word in page.xpath("string(//style)") for word in ("url(", "@import"))
    assert not any(sink in "".join(scripts) for sink in ("innerHTML", "insertAdjacent", "eval("))


def test_a_record_shows_itself_in_a_notebook(harbour):
    cell = harbour._repr_html_()
    assert cell == to_cell(harbour)
    frame = html.fragment_fromstring(cell)
    assert frame.tag == "iframe"
    assert "allow-same-origin" not in frame.get("sandbox")
    inner = html.document_fromstring(frame.get("srcdoc").encode("utf-8"))
    assert text_of(inner) == harbour.article.text


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://ellerypost.example/a?b=1&c=2", True),
        ("HTTP://ellerypost.example/", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("//elsewhere.example/", False),
        ("https:alert(1)", False),
        ("http://[broken", False),
        ("file:///etc/passwd", False),
    ],
)
def test_only_pages_of_the_web_are_linked(harbour, url, linked):
    record = harbour.model_copy(update={"article": harbour.article.model_copy(update={"url": url})})
    links = [one for one in parsed(record).xpath("//@href") if not one.startswith("#")]
    assert links == ([url] if linked else [])


PAYLOADS = [
    "<script>document.body.dataset.owned='1'</script>",
    '"><img src=x onerror="document.body.dataset.owned=\'1\'">',
    "' autofocus onfocus='document.body.dataset.owned=1' x='",
    "</style></title></head><body onload=\"document.body.dataset.owned='1'\">",
    "<!--<svg/onload=document.body.dataset.owned=1>-->",
    "&lt;script&gt;&#60;script&#62;",
    "javascript:document.body.dataset.owned=1",
    "<b>\0</b>\x0c\u202e",
]


SHELL = parsed()  # what a page has where it has no records


def is_inert(page):
    elements = {element.tag for element in page.iter() if isinstance(element.tag, str)}
    attributes = {name for element in page.iter() if isinstance(element.tag, str) for name in element.attrib}
    scripts = [element.text for element in page.xpath("//script[not(@type)]")]
    return (
        not {"img", "iframe", "b", "link", "object"} & elements
        and not any(name.startswith("on") for name in attributes)
        and scripts == [element.text for element in SHELL.xpath("//script[not(@type)]")]
        and len(page.xpath("//style")) == 1
    )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_stays_text(spoil, payload):
    page = parsed(spoil(payload), spoil(payload, url="https://example.org/" + payload))
    assert is_inert(page)
    assert len(page.xpath("//body")) == len(page.xpath("//head/title")) == 1
    if payload.isprintable():
        assert page.xpath("//*[@class='title']")[0].text_content() == payload
        assert payload in page.xpath("//div[@id='r1-c1']//dd")[-1].text_content()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    st.text(st.sampled_from("<>&\"'/=a -!\n\r;#x\0\u202e🙂{}%"), min_size=1, max_size=20).filter(str.strip)
)
def test_any_text_stays_text(spoil, text):
    page = parsed(spoil(text))
    assert is_inert(page)
    assert len(page.xpath("//main//article")) == 1


def test_direction_controls_do_not_reach_the_page(spoil):
    assert "\u202e" not in to_html([spoil("a\u202eb\u2066c")])
