"""Text of strangers in a browser: nothing of it runs, loads, or turns the page around."""

import json

import pytest

from onrecord.records import ArticleRecord
from onrecord.view import to_html

OWN = "document.documentElement.dataset.owned=1"
PAYLOADS = [
    f"<script>{OWN}</script>",
    f'"><img src=x onerror="{OWN}">',
    f"' autofocus onfocus='{OWN}' x='",
    f'</style></title></script></head><body onload="{OWN}"><svg onload={OWN}>',
    f"<!--<svg/onload={OWN}>--><iframe srcdoc='<script>parent.{OWN}</script>'>",
    f"javascript:{OWN}",
    "\u202edecrees eht\u2066 \u2069\u061c",
    "{{ 7 * 7 }} {% raw %} ${OWN}",
]


@pytest.fixture
def hostile(harbour):
    """Records whose every free string is a payload."""

    def make(payload):
        data = json.loads(harbour.model_dump_json())
        whole = {"start": 0, "end": len(payload), "text": payload}
        data["article"].update(url=payload, title=payload, site=payload, published=payload, text=payload)
        data["article"]["byline"] = [payload]
        for actor in data["actors"]:
            actor.update(
                name=payload, roles=[payload], aliases=[payload], mentions=[{**whole, "kind": "name"}]
            )
        for place in data["places"]:
            place.update(name=payload, admin1=payload, lat=1.0, lon=2.0, mentions=[whole])
        for date in data["dates"]:
            date.update(whole, timex=payload, earliest=payload, latest=payload)
        for figure in data["figures"]:
            figure.update(whole, unit=payload, counted=payload)
        for claim in data["claims"]:
            claim.update(content=[whole], medium=payload, hedge=payload, cue={**whole, "lemma": payload})
            claim["source"]["span"] = whole
        data["disputes"][0]["matter"] = payload
        data["non_responses"][0].update(span=whole, topic=payload)
        return ArticleRecord.model_validate(data)

    return make


def test_hostile_text_is_inert(open_page, hostile):
    page = open_page(to_html([hostile(payload) for payload in PAYLOADS]))
    for view in ("sources", "disputes", "places", "dates", "articles"):
        page.one(f".views [href='#{view}']").click()
    page.search("script")
    page.script("for (const one of document.querySelectorAll('details')) one.open = true")
    page.settle()
    assert page.complaints() == []
    assert page.script("return document.documentElement.dataset.owned ?? null") is None
    assert page.script("return document.scripts.length") == len(open_page(to_html([])).all("script"))


def test_text_is_shown_as_it_is(open_page, hostile):
    page = open_page(to_html([hostile(PAYLOADS[0])]))
    assert page.one("h1").text == PAYLOADS[0]
    assert page.one("#r1-c1 .said").text == PAYLOADS[0]


def test_direction_controls_are_replaced(open_page, hostile):
    page = open_page(to_html([hostile("\u202etxet\u2066 more")]))
    assert page.one("h1").text == "\ufffdtxet\ufffd more"


def test_an_address_that_is_none_is_no_link(open_page, hostile):
    page = open_page(to_html([hostile(f"javascript:{OWN}")]))
    assert page.script("return [...document.links].every(one => one.protocol === 'file:')")


LISTEN = """self.refused = [];
addEventListener("securitypolicyviolation", event => refused.push(event.effectiveDirective))"""
REFUSED = {
    "a script": "const e = document.createElement('script'); e.text = 'owned = 1'; document.body.append(e)",
    "a handler": "document.body.setAttribute('onclick', 'owned = 1'); document.body.click()",
    "markup": "document.body.innerHTML = '<b>x</b>'",
    "a picture": "new Image().src = 'https://example.org/x.png'",
    "a request": "fetch('https://example.org/').catch(() => 0)",
    "a style": "document.body.setAttribute('style', 'color: red')",
}


@pytest.mark.parametrize("attempt", REFUSED.values(), ids=REFUSED)
def test_the_policy_refuses_what_the_page_has_no_need_of(open_page, harbour, attempt):
    page = open_page(to_html([harbour]))
    page.script(LISTEN)
    page.script(f"try {{ {attempt} }} catch (error) {{ }}")
    page.settle()
    assert page.script("return refused.length") > 0
    assert page.script("return self.owned ?? null") is None
