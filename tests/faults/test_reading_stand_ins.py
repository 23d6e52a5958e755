"""What is no article has a reason of its own; what is one, but is to be doubted, has a warning."""

# ruff: noqa: E501  markup is read more easily unbroken

import json

import pytest

from onrecord import Failure, Settings
from onrecord.read import ReadArticle, read_object

HEADLINE = "Library in Torvik keeps its reading room"
FIRST = (
    "The library in Torvik will keep its reading room after all, the council decided on Wednesday evening."
)
REST = (
    "“We had 640 letters,” said the mayor, Inga Solheim. The vote was 14 to 9, with two members absent.",
    "The reading room, which opened in 1911, costs about 90,000 kroner a year to heat.",
    "The council’s finance committee had asked for it to be let to a dance school from January.",
    "Opponents accused the committee of hiding the figures. Its chairman rejected that as nonsense.",
    "The dance school’s owner said that she had been promised nothing and would look elsewhere, although "
    "there were few rooms of that size in the town and none of them had a floor that was fit to dance on.",
    "A petition had been signed by one in four of the town’s adults, according to those who handed it in. "
    "The council did not count the signatures, its clerk said, but he saw no reason to doubt the number.",
)


def page(body, title=HEADLINE, head=""):
    return (
        f'<!doctype html><html lang="en"><head><title>{title} | Torvik Post</title>{head}</head><body>'
        f'<nav><a href="/">Home</a></nav>{body}<footer><a href="/imprint">About us</a></footer></body></html>'
    )


def article(inner="", after="", head=""):
    text = "".join(f"<p>{line}</p>" for line in (FIRST, *REST))
    return page(f"<article><h1>{HEADLINE}</h1>{inner}{text}{after}</article>", head=head)


def stub(notice, last=FIRST, head=""):
    return page(
        f"<article><h1>{HEADLINE}</h1><p>{last}</p></article><div class='wall'>{notice}</div>", head=head
    )


def json_ld(**fields):
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


TEASERS = "".join(
    f"<div class='item'><h2><a href='/n/{n}'>{title}</a></h2><p>{lead}</p></div>"
    for n, (title, lead) in enumerate(
        [
            (
                "Ferry runs through the winter",
                "The island line says that bookings are there for the first time.",
            ),
            ("School roof is to be mended", "Pupils move to the town hall until work ends in the spring."),
            (
                "Mountain road closed by storm",
                "The road is shut until further notice, the police said on Friday.",
            ),
            ("Bus drivers call off strike", "The union accepts a new offer on pay and on hours at night."),
            ("New head for the fish market", "Tor Lunde takes over in May from Kari Moe, who retires then."),
        ]
    )
)
COOKIES = (
    "<h1>We value your privacy</h1><p>We and our 812 partners store and access cookies and personal data on your "
    "device for personalised advertising and content measurement.</p><p>You may withdraw your consent at any time. "
    "Some of our partners do not ask for your consent and rely on their legitimate interest, to which you have a "
    "right to object. Your choices apply to this site alone, and they are kept for half a year.</p>"
    "<button>Accept all</button><button>Reject all</button>"
)
REASONS = {
    "an empty page": ("", "empty"),
    "menus alone": (page(""), "no_text"),
    "an error page": (
        page("<h1>Page not found</h1><p>Sorry, we could not find that page.</p>"),
        "error_page",
    ),
    "an error page with suggestions": (
        page(
            f"<h1>Oops! That page is gone.</h1><p>Try one of these stories instead.</p>{TEASERS}",
            "404 Not Found",
        ),
        "error_page",
    ),
    "a story that was taken down": (
        page(
            "<h1>Torvik Post</h1><p>The article you are looking for is no longer available.</p>",
            "Torvik Post",
        ),
        "error_page",
    ),
    "a server in trouble": (page("<h1>502 Bad Gateway</h1><p>nginx</p>", "502 Bad Gateway"), "error_page"),
    "a site under maintenance": (
        page("<h1>We will be back soon</h1><p>The site is down for maintenance.</p>", "Torvik Post"),
        "error_page",
    ),
    "a form to log in": (
        page("<h1>Log in</h1><p>Enter your e-mail address and your password.</p>"),
        "robot_check",
    ),
    "a cookie wall": (page(COOKIES, "Torvik Post"), "consent_wall"),
    "a robot check": (
        page("<h1>One moment</h1><p>We are checking if your connection is secure before you go on.</p>"),
        "robot_check",
    ),
    "a site that is closed to a country": (
        page(
            "<h1>Sorry</h1><p>Our pages are unavailable in your region for legal reasons.</p>", "Torvik Post"
        ),
        "robot_check",
    ),
    "a paywall": (stub("<h3>Subscribe to continue reading</h3><p>From 9 kroner a week.</p>"), "paywall"),
    "a wall of registration": (
        stub("<b>To keep reading</b>, please log in or create an account."),
        "paywall",
    ),
    "an article for members": (stub("<p>This article is only available to our subscribers.</p>"), "paywall"),
    "a paid article that stops": (
        stub("", f"{FIRST[:-1]} and then…", json_ld(headline=HEADLINE, isAccessibleForFree=False)),
        "paywall",
    ),
    "an index": (page(f"<h1>News from Torvik</h1>{TEASERS}", "News"), "index_page"),
    "a front page with an editorial on it": (
        page(
            f"<h1>Torvik Post</h1>{TEASERS}{TEASERS}<div>{''.join(f'<p>{line}</p>' for line in REST)}</div>",
            "Torvik Post",
            '<link rel="canonical" href="https://torvikpost.example/">',
        ),
        "index_page",
    ),
    "a list of links": (
        page(
            "<h1>Archive of May</h1><ul>"
            + "".join(
                f"<li><a href='/a/{n}'>The council met for meeting number {n} of the year</a></li>"
                for n in range(30)
            )
            + "</ul>",
            "Archive",
        ),
        "index_page",
    ),
    "another language": (
        page(
            f"<article><h1>Lesesalen blir</h1><p>{'Det er ikke til å tro, sier ordføreren, som var med. ' * 6}</p></article>"
        ),
        "not_english",
    ),
}


def read(html):
    return read_object({"html": html}, settings=Settings(), name="page")


@pytest.mark.parametrize("what", REASONS)
def test_what_is_no_article_says_why(what):
    html, code = REASONS[what]
    outcome = read(html)
    assert isinstance(outcome, Failure), outcome.article.text
    assert outcome.code == code
    assert outcome.reason


def warnings(read):
    return [warning["code"] for warning in read.notes.get("warnings", ())]


ENTRY = "<article><h2>{0}</h2><p>The clerk said at {0} that the debate was going on, and that it would be long.</p></article>"
LIVE = page(
    f"<main><h1>{HEADLINE}</h1>" + "".join(ENTRY.format(f"{hour}:15") for hour in range(9, 14)) + "</main>"
)
DOUBTED = {
    "an article": (article(), []),
    "an article that advertises subscriptions": (
        article(after="<p class='promo'>Subscribe to read more stories like this one.</p>"),
        [],
    ),
    "a paid article": (article(head=json_ld(headline=HEADLINE, isAccessibleForFree="False")), ["paywall"]),
    "a free article": (article(head=json_ld(headline=HEADLINE, isAccessibleForFree=True)), []),
    "an article that stops": (article(after="<p>The next meeting is…</p>"), ["may_be_cut"]),
    "a live blog": (LIVE, ["live_blog"]),
    "a live blog by its own word": (
        article(head=json_ld(headline=HEADLINE).replace("NewsArticle", "LiveBlogPosting")),
        ["live_blog"],
    ),
    "text that was garbled before it came": (
        article(f"<p>{'The café’s owner said: “no”.'.encode().decode('cp1252', 'replace')}</p>"),
        ["mojibake", "replaced_characters"],
    ),
}


@pytest.mark.parametrize("what", DOUBTED)
def test_what_is_to_be_doubted_is_read_with_a_warning(what):
    html, codes = DOUBTED[what]
    found = read(html)
    assert isinstance(found, ReadArticle), found
    assert warnings(found) == codes
    assert FIRST in found.article.text or what == "a live blog"


# Articles about what stand-ins say, and articles in whose surroundings it stands.
ABOUT = {
    "an error": "<p>“Page not found” is all that readers saw when the site went down on Monday, its editor said.</p>",
    "cookies": "<p>The site must ask before it sets cookies and other technologies, a court has ruled. It had asked "
    "readers to accept all or to manage their settings on nine screens.</p>",
    "robots": "<p>“Are you a robot?” the machine asked him. He was denied access to the page for a week.</p>",
    "subscriptions": "<p>Readers had to subscribe to keep reading after three lines; half of them did not.</p>",
}


@pytest.mark.parametrize("subject", ABOUT)
def test_an_article_about_such_pages_is_an_article(subject):
    found = read(article(ABOUT[subject]))
    assert isinstance(found, ReadArticle)
    assert warnings(found) == []


BRIEFS = (
    "The 404 area code, not found anywhere else, is to be split, the regulator said on Monday.",
    "The paper’s article was removed after a judge had ruled against it, its editor said on Monday.",
    "Ministers reject all amendments, and humanitarian access is blocked again, the agency said.",
    "Police were called to suspicious activity at the harbour. The missing file was not found.",
    "The ferry service is suspended for maintenance, with 500 gone to work by bus, the line said.",
    "Sorry, that was me, said the minister who had lost the file, and the page with the names on it.",
)


@pytest.mark.parametrize("text", BRIEFS)
def test_a_brief_is_an_article(text):
    title = "Sorry, says minister who lost file"
    sign_up = "<div>Sign up to read our newsletter. Already a subscriber? Log in.</div>"
    found = read(page(f"<article><h1>{title}</h1><p>{text}</p></article>{sign_up}{TEASERS}", title))
    assert isinstance(found, ReadArticle), found
    assert found.article.text == f"{title}\n{text}"


@pytest.mark.parametrize("how", ["hidden", 'aria-hidden="true"', 'style="opacity: 0; display: none"'])
def test_a_wall_that_is_hidden_is_none(how):
    wall = (
        f"<div {how}><h3>You have read 3 of 3 free articles.</h3><p>Subscribe to continue reading.</p></div>"
    )
    found = read(page(f"<article><h1>{HEADLINE}</h1><p>{FIRST}</p></article>{wall}"))
    assert isinstance(found, ReadArticle), found


def test_an_article_between_teasers_is_no_index():
    found = read(
        page(
            f"<div><h1>{HEADLINE}</h1>{''.join(f'<p>{line}</p>' for line in REST)}</div><div>{TEASERS}</div>"
        )
    )
    assert isinstance(found, ReadArticle), found
    assert "Ferry" not in found.article.text


def test_comments_are_no_part_of_an_article():
    comments = "".join(
        f"<li class='comment'><p>I for one never set foot in that room, and number {n} is right.</p></li>"
        for n in range(12)
    )
    found = read(
        article(
            after=f"<section id='comments'><h3>Comments</h3><ol class='comment-list'>{comments}</ol></section>"
        )
    )
    assert "set foot" not in found.article.text
