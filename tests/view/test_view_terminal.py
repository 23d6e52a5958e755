import io
from xml.etree import ElementTree

import pytest
from rich.console import Console

from onrecord.records import Article, ArticleRecord
from onrecord.view import draw_svg, render_claims, render_record


def shown(render, record, *, width=200, **options):
    console = Console(file=io.StringIO(), width=width, **options)
    render(record, console)
    return console.file.getvalue()


def lines(text):
    return [line.rstrip() for line in text.splitlines()]


def test_claims_read_as_lines(harbour):
    unwrapped = " ".join(shown(render_claims, harbour).split())
    for line in (
        "1 Harbour board — denial → Clearwater Watch: fuel leak claim",
        "2 The harbour board — dismissal → Clearwater Watch: a report by Clearwater Watch that about 300"
        " litres of diesel had spilled into the bay · figures: about 300 litres of diesel · said: Monday",
        "3 its spokeswoman, Dana Whitlock — statement: “No fuel left the pier,” … “We checked every valve"
        " twice.” · polarity: negative",
        "5 local fishermen — statement: that at least 40 seabirds died in May · figures: at least 40 seabirds"
        " · dates: May · reported in: c4",
        "– The port’s insurer — declined to comment",
        "⇄ whether fuel spilled into the bay: denies c3 ⇄ dismisses c2",
    ):
        assert line in unwrapped


def test_a_source_that_is_no_name_is_given_its_name(harbour):
    she = harbour.claims[3].model_copy(
        update={"source": harbour.claims[3].source.model_copy(update={"span": harbour.actors[1].mentions[2]})}
    )
    record = harbour.model_copy(update={"claims": (she,)})
    assert "it [Clearwater Watch] — statement" in shown(render_claims, record)


def test_all_who_say_it_together_are_named(together):
    unwrapped = " ".join(shown(render_claims, together).split())
    assert "4 Clearwater Watch + it [Clearwater Watch] + local fishermen — statement" in unwrapped


def test_the_whole_text_is_shown_with_numbers_of_claims(harbour):
    text = shown(render_record, harbour, width=100)
    assert lines(text)[1] == "Ellery Post · 2024-06-12 · Ines Okafor · https://ellerypost.example/harbour"
    unwrapped = " ".join(text.split())
    assert "Harbour board denies ¹fuel leak claim" in unwrapped
    assert "that local fishermen had told it ⁵that at least 40 seabirds died in May." in unwrapped


@pytest.mark.parametrize("width", [20, 40, 100])
def test_lines_keep_within_the_terminal(harbour, width):
    assert all(len(line) <= width for line in shown(render_record, harbour, width=width).splitlines())


@pytest.mark.parametrize("render", [render_record, render_claims])
def test_what_is_to_be_doubted_stands_below_the_title(doubted, render):
    paywall = {"code": "paywall", "reason": "the end of the text may be missing"}
    live = {"code": "live_blog", "reason": "entries of\ndifferent times"}
    text = lines(shown(render, doubted([paywall, live])))
    assert text[2] == (
        "Doubtful: paywall: the end of the text may be missing · live blog: entries of different times"
    )


NO_WARNINGS = [None, [], "paywall", {"code": "paywall"}, [None, "paywall", ["code"], {"code": "paywall"}]]


@pytest.mark.parametrize("warnings", NO_WARNINGS)
def test_what_is_no_warning_is_passed_over(doubted, harbour, warnings):
    assert shown(render_record, doubted(warnings)) == shown(render_record, harbour)


def test_spans_are_coloured(harbour):
    text = shown(render_record, harbour, force_terminal=True, color_system="standard")
    assert "\x1b[1;36mHarbour board\x1b[0m" in text
    assert "\x1b[33mdenies\x1b[0m" in text


def test_a_record_without_anything():
    assert (
        lines(shown(render_record, ArticleRecord(article=Article.of("Nothing said.", id="n1"))))[-2]
        == "no claims"
    )


HOSTILE = [
    "\x1b]0;owned\x07\x1b[2Jtext",
    "\x9b31mtext",
    "[bold red]text[/bold red] [/] [link=file:///x]y[/link]",
    "a\u202eb\u2066c",
    "x\r\ny\tz\x0b\x0c\0",
    "e\u0301 👩\u200d🚀 ＡＢ \ufeff\ufffe",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("render", [render_record, render_claims])
def test_hostile_text_cannot_steer_the_terminal(spoil, render, text):
    printed = shown(render, spoil(text))
    assert not any(ord(char) < 0x20 and char != "\n" for char in printed)
    assert not set("\x7f\x9b\u202e\u2066") & set(printed)
    if "[bold" in text:
        assert "[bold red]text[/bold red]" in printed


@pytest.mark.parametrize("text", [*HOSTILE, "</text><script>alert(1)</script>&"])
def test_a_picture_is_sound_and_loads_nothing(spoil, text):
    picture = draw_svg(lambda console: render_record(spoil(text), console))
    root = ElementTree.fromstring(picture.encode("utf-8"))
    drawn = {"svg", "style", "defs", "clipPath", "rect", "g", "text", "circle"}
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= drawn
    assert "url(http" not in picture
    assert "@font-face" not in picture


def test_a_picture_shows_what_the_terminal_shows(harbour):
    root = ElementTree.fromstring(draw_svg(lambda console: render_claims(harbour, console)))
    words = " ".join(root.itertext()).replace("\u00a0", " ").split()
    assert "dismissal" in words
    assert "onrecord" in words
