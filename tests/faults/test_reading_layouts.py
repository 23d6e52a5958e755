"""Pages as sites lay them out, made here: in each the whole article is found, and nothing but it."""

# ruff: noqa: E501  markup is read more easily unbroken

import json

import pytest

from onrecord.read import article_from_html

HEADLINE = "Ferry to Skarholm will run through the winter, operator says"
PARAGRAPHS = (
    "The ferry to Skarholm will run through the winter for the first time in twelve years, its operator "
    "said on Thursday.",
    "“We looked at the bookings and they were there,” said Marit Ekeland, who heads the island line.",
    "The council had asked for a subsidy of 1.4 million kroner. It was turned down twice, most recently in March.",
    "Residents welcomed the decision. About 310 people live on the island all year, most of them in the "
    "harbour village.",
    "The county’s transport office denied that it had put pressure on the company.",
    "The first winter boat leaves on 3 November at 7.15 in the morning.",
)
ARTICLE = "\n".join([HEADLINE, *PARAGRAPHS])
MENU = "".join(
    f'<li><a href="/{name}">{name.title()}</a></li>' for name in ("news", "sport", "weather", "culture")
)
TEASERS = "".join(
    f'<div class="card"><a href="/s/{n}"><h3>{title}</h3></a><p>{lead}</p></div>'
    for n, (title, lead) in enumerate(
        (
            (
                "Bus drivers call off strike",
                "The drivers’ union said that it had accepted a new offer on pay.",
            ),
            ("School roof to be mended", "Pupils will be taught in the town hall until the work is done."),
            (
                "Storm closes mountain road",
                "The road across the pass is shut until further notice, police said.",
            ),
        )
    )
)


def paragraphs(tag="p", texts=PARAGRAPHS, **attributes):
    marks = "".join(f' {name.rstrip("_")}="{value}"' for name, value in attributes.items())
    return "".join(f"<{tag}{marks}>{text}</{tag}>" for text in texts)


def page(body, head=""):
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{HEADLINE} | Island Post</title>{head}'
        f"</head><body><header><ul>{MENU}</ul></header>{body}<footer><p>© Island Post</p><ul>{MENU}</ul></footer>"
        "</body></html>"
    )


def semantic():
    return page(f"<main><article><h1>{HEADLINE}</h1>{paragraphs()}</article><aside>{TEASERS}</aside></main>")


def components():
    """Hashed class names, every paragraph in a box of its own, with slots for advertising between."""
    slot = '<div class="sc-bdVaJa ad-slot" data-ad="1"><span>Advertisement</span></div>'
    boxes = slot.join(
        f'<div class="css-1f{n}x"><div class="css-9z"><p>{text}</p></div></div>'
        for n, text in enumerate(PARAGRAPHS)
    )
    return page(f'<div id="root"><div class="css-0"><h1 class="css-h">{HEADLINE}</h1>{boxes}</div></div>')


def sections():
    """A section for each paragraph, half of them behind the line where the page asks to scroll on."""
    parts = "".join(f"<section><p>{text}</p></section>" for text in PARAGRAPHS)
    return page(f'<div class="story"><h1>{HEADLINE}</h1>{parts}</div>')


def breaks():
    """No paragraph elements at all: one block with line breaks."""
    return page(
        f'<div id="content"><h1>{HEADLINE}</h1><div class="text">{"<br><br>".join(PARAGRAPHS)}</div></div>'
    )


def table():
    """The page laid out in a table, menu on the left, as it was done in 2001."""
    left = f'<td width="150" valign="top"><ul>{MENU}</ul></td>'
    return page(f"<table><tr>{left}<td><h1>{HEADLINE}</h1>{paragraphs()}</td></tr></table>")


def divs():
    """A div for each paragraph."""
    return page(f'<div class="article-body"><h1>{HEADLINE}</h1>{paragraphs("div", class_="para")}</div>')


def spans():
    """A text editor that wraps each paragraph in spans, as web mail and old content systems do."""
    inner = "".join(
        f'<div><span style="font-size:12pt"><span>{text}</span></span></div>' for text in PARAGRAPHS
    )
    return page(f'<div class="entry"><h1>{HEADLINE}</h1><div dir="ltr">{inner}</div></div>')


def teasers_outweigh():
    """More text in teasers of other stories than in the article itself."""
    return page(
        f"<main><article><h1>{HEADLINE}</h1>{paragraphs()}</article><div class='grid'>{TEASERS * 4}</div></main>"
    )


def comments_outweigh():
    """Comments of readers longer than the article."""
    comment = "<li class='comment'><div class='comment-body'><p>{}</p></div></li>"
    said = "I have taken that boat every summer since I was a child, and in my view number {} is a fair price to pay."
    comments = "".join(comment.format(said.format(n)) for n in range(20))
    return page(
        f"<div class='post'><h1>{HEADLINE}</h1><div class='entry-content'>{paragraphs()}</div></div>"
        f"<div id='comments' class='comments-area'><h2>20 comments</h2><ol class='comment-list'>{comments}</ol></div>"
    )


def accelerated():
    """AMP: own elements for pictures and advertising."""
    picture = '<amp-img src="a.jpg" width="600" height="400" layout="responsive"></amp-img>'
    slot = '<amp-ad width="300" height="250" type="x"></amp-ad>'
    middle = f"{paragraphs(texts=PARAGRAPHS[:3])}{slot}{paragraphs(texts=PARAGRAPHS[3:])}"
    return page(
        f'<main role="main"><header><h1>{HEADLINE}</h1></header>{picture}<div class="article-body">{middle}</div></main>'
    )


def cross_headings():
    first, second = paragraphs(texts=PARAGRAPHS[:2]), paragraphs(texts=PARAGRAPHS[2:])
    return page(f"<article><h1>{HEADLINE}</h1>{first}<h2>Subsidy turned down</h2>{second}</article>")


def listed():
    """The middle of the article is a list."""
    items = paragraphs("li", texts=PARAGRAPHS[2:5])
    return page(
        f"<article><h1>{HEADLINE}</h1>{paragraphs(texts=PARAGRAPHS[:2])}<ul>{items}</ul>{paragraphs(texts=PARAGRAPHS[5:])}</article>"
    )


def quoted():
    """Quotations in blockquotes."""
    middle = f"<blockquote><p>{PARAGRAPHS[1]}</p></blockquote>"
    return page(
        f"<article><h1>{HEADLINE}</h1>{paragraphs(texts=PARAGRAPHS[:1])}{middle}{paragraphs(texts=PARAGRAPHS[2:])}</article>"
    )


def related_between():
    """A box of related stories in the middle of the text."""
    box = f'<div class="related-stories"><h4>Related</h4>{TEASERS}</div>'
    return page(
        f"<article><h1>{HEADLINE}</h1>{paragraphs(texts=PARAGRAPHS[:3])}{box}{paragraphs(texts=PARAGRAPHS[3:])}</article>"
    )


def drop_cap():
    first = f'<p><span class="dropcap">T</span>{PARAGRAPHS[0][1:]}</p>'
    return page(f"<article><h1>{HEADLINE}</h1>{first}{paragraphs(texts=PARAGRAPHS[1:])}</article>")


def headline_outside():
    """The headline in a banner far from the text, whose container is marked by role alone."""
    return page(
        f'<div class="hero"><h1>{HEADLINE}</h1></div><div role="main"><div class="rte">{paragraphs()}</div></div>'
    )


def form():
    """ASP.NET: the whole page is one form."""
    return page(
        f'<form action="/p.aspx" id="aspnetForm"><div id="ctl00"><h1>{HEADLINE}</h1>{paragraphs()}</div></form>'
    )


def sidebar_first():
    """A long column of short news before the story."""
    return page(
        f'<div class="col-left"><h4>In brief</h4>{TEASERS}</div><div class="col-main"><h1>{HEADLINE}</h1>{paragraphs()}</div>'
    )


def split_columns():
    """The article goes on in a second column, with a picture between."""
    one, two = paragraphs(texts=PARAGRAPHS[:3]), paragraphs(texts=PARAGRAPHS[3:])
    return page(
        f'<div class="wrap"><h1>{HEADLINE}</h1><div class="c1">{one}</div><div class="pic"><img src="a.jpg"></div>'
        f'<div class="c2">{two}</div></div>'
    )


def script_drawn():
    """Nothing but a script in the body; the text stands in JSON-LD, for search engines."""
    stated = {"@type": "NewsArticle", "headline": HEADLINE, "articleBody": "\n\n".join(PARAGRAPHS)}
    return page('<div id="app"></div>', f'<script type="application/ld+json">{json.dumps(stated)}</script>')


def many_articles():
    """Other stories are article elements too, as long as the story itself."""
    other = "<article><h2>Bus drivers call off strike</h2><p>The drivers’ union accepted the offer. {}</p></article>"
    others = "".join(
        other.format("It will be voted on in each depot before the week ends, it said.") for _ in range(3)
    )
    return page(f"<div><article><h1>{HEADLINE}</h1>{paragraphs()}</article>{others}</div>")


def continued():
    """Two article elements, the second of which goes on where the first ends."""
    one, two = paragraphs(texts=PARAGRAPHS[:2]), paragraphs(texts=PARAGRAPHS[2:])
    return page(f'<article><h1>{HEADLINE}</h1>{one}</article><article class="continued">{two}</article>')


def teaser_classes():
    """Sections that are named for what a designer first used them for."""
    parts = "".join(f'<section class="teaser-block"><p>{text}</p></section>' for text in PARAGRAPHS[1:])
    return page(f"<main><section><h1>{HEADLINE}</h1><p>{PARAGRAPHS[0]}</p></section>{parts}</main>")


def intro_apart():
    """The first paragraphs in one container, the rest in another."""
    one, two = paragraphs(texts=PARAGRAPHS[:2]), paragraphs(texts=PARAGRAPHS[2:])
    return page(f'<div class="post-content"><h1>{HEADLINE}</h1>{one}</div><div class="more-text">{two}</div>')


def boxed():
    """One paragraph in the article, each of the others in boxes of its own behind it."""
    boxes = "".join(f'<div class="u"><p>{text}</p></div>' for text in PARAGRAPHS[1:])
    return page(
        f'<article><h1>{HEADLINE}</h1><p>{PARAGRAPHS[0]}</p></article><div class="body2">{boxes}</div>'
    )


def centred():
    """Elements of 1998: everything centred, in one font, with single breaks."""
    return page(f'<center><h1>{HEADLINE}</h1><font face="Arial">{"<br>".join(PARAGRAPHS)}</font></center>')


def bare_divs():
    """Paragraphs in plain divs between pictures."""
    return page(
        f"<h1>{HEADLINE}</h1>"
        + "".join(f'<div>{text}</div><div><img src="a.jpg"></div>' for text in PARAGRAPHS)
    )


def numbered():
    """All of the article is a numbered list."""
    return page(f"<h1>{HEADLINE}</h1><ol>{paragraphs('li')}</ol>")


LAYOUTS = (
    semantic, components, sections, breaks, table, divs, spans, teasers_outweigh, comments_outweigh, accelerated,
    cross_headings, listed, quoted, related_between, drop_cap, headline_outside, form, sidebar_first,
    split_columns, script_drawn, many_articles, continued, teaser_classes, intro_apart, boxed,
    centred, bare_divs, numbered,
)  # fmt: skip
CROSS_HEADING = ARTICLE.replace("\nThe council", "\nSubsidy turned down\nThe council")


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_the_article_is_found_whole_and_alone(layout):
    expected = CROSS_HEADING if layout is cross_headings else ARTICLE
    found = article_from_html(layout())
    assert getattr(found, "text", found) == expected
