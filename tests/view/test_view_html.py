import base64
import hashlib
import shutil
import subprocess

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from onrecord.view import to_html

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


def parsed(*records):
    return html.document_fromstring(to_html(records).encode("utf-8"))


def text_of(page):
    return "\n".join(
        "".join(node for node in paragraph.xpath(".//text()[not(parent::a[@class='number'])]"))
        for paragraph in page.xpath("//div[@class='text']/p")
    )


def test_the_whole_text_stands_on_the_page(harbour):
    assert text_of(parsed(harbour)) == harbour.article.text


def test_text_and_claims_link_to_one_another(harbour):
    page = parsed(harbour, harbour)
    identifiers = page.xpath("//@id")
    assert len(set(identifiers)) == len(identifiers)
    targets = [href[1:] for href in page.xpath("//@href") if href.startswith("#")]
    assert set(targets) <= set(identifiers)
    for record in ("r1", "r2"):
        for number in range(1, 6):
            (there,) = page.xpath(f"//div[@class='text']//a[@href='#{record}-c{number}']")
            (back,) = page.xpath(f"//li[@id='{record}-c{number}']//a")
            assert back.get("href") == f"#{there.get('id')}"
            assert page.xpath(
                f"//span[contains(@class, '{record}-c{number}') and contains(@class, 'content')]"
            )


def test_overlapping_spans_are_cut_at_their_boundaries(harbour):
    page = parsed(harbour)
    (figure,) = page.xpath("//div[@class='text']//span[contains(@class, 'figure') and text()='at least 40']")
    assert set(figure.get("class").split()) == {"figure", "content", "r1-c4", "r1-c5"}
    assert figure.get("title") == "figure: ≥ 40 seabirds"
    assert not page.xpath("//div[@class='text']//span//span")


def test_claims_are_told_in_words(harbour):
    (item,) = parsed(harbour).xpath("//li[@id='r1-c2']")
    assert item.xpath("string(p[1])") == "2 The harbour board — dismissal → Clearwater Watch"
    details = dict(zip(item.xpath(".//dt/text()"), item.xpath(".//dd/text()"), strict=True))
    assert details == {"figures": "about 300 litres of diesel", "said": "Monday", "confidence": "1.00"}


def test_the_page_needs_no_script_and_nothing_from_elsewhere(harbour):
    page = parsed(harbour)
    assert not page.xpath("//script | //link | //img | //iframe | //object | //form | //@src | //@style")
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (style,) = page.xpath("//style/text()")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in style
    assert "@import" not in style


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
    "<b>\0</b>\x0c\ud800\u202e",
]


def is_inert(page):
    elements = {element.tag for element in page.iter() if isinstance(element.tag, str)}
    attributes = {name for element in page.iter() if isinstance(element.tag, str) for name in element.attrib}
    return not (
        {"script", "img", "svg", "iframe", "b"} & elements
        or any(name.startswith("on") for name in attributes)
    )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_stays_text(spoil, payload):
    page = parsed(spoil(payload), spoil(payload, url="https://example.org/" + payload))
    assert is_inert(page)
    assert len(page.xpath("//body")) == len(page.xpath("//title")) == 1
    if payload.isprintable():
        assert page.xpath("//h2")[0].text_content() == payload
        assert payload in page.xpath("//li[@id='r1-c1']//dd")[-2].text_content()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(st.sampled_from("<>&\"'/=a -!\n\r;#x\0\u202e🙂"), min_size=1, max_size=30).filter(str.strip))
def test_any_text_stays_text(spoil, text):
    page = parsed(spoil(text))
    assert is_inert(page)
    assert len(page.xpath("//main/article")) == 1


@pytest.mark.skipif(CHROMIUM is None, reason="no browser here")
def test_no_script_runs_in_a_browser(tmp_path, spoil):
    path = tmp_path / "page.html"
    path.write_text(to_html([spoil(payload) for payload in PAYLOADS]), encoding="utf-8")
    options = (
        "headless no-sandbox disable-gpu disable-quic no-first-run disable-background-networking "
        f"disable-component-update disable-sync dump-dom user-data-dir={tmp_path / 'profile'}"
    )
    command = [CHROMIUM, *(f"--{option}" for option in options.split()), path.as_uri()]
    done = subprocess.run(command, capture_output=True, timeout=25, check=True)
    page = html.document_fromstring(done.stdout)
    assert len(page.xpath("//main/article")) == len(PAYLOADS)
    assert page.xpath("//body")[0].get("data-owned") is None
