"""Records that no extractor would make, of text that nobody would write: what an invariant has to survive."""

from hypothesis import strategies as st

from onrecord.records import Article, ArticleRecord

ALPHABET = "ab :#-'\"\\,.\n\r\t\u00a0\u0301\u2028\u202e\U0001f600éא[]{}&*!|>%@“”"


@st.composite
def texts(draw):
    """A text of at least one visible character."""
    return draw(st.text(ALPHABET, max_size=60)) + "x" + draw(st.text(ALPHABET, max_size=20))


@st.composite
def records(draw, text=None):
    """A record of a text, or of any, with spans that overlap at will."""
    text = draw(texts()) if text is None else text

    def span(**fields):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, min(len(text), start + 12)))
        return {"start": start, "end": end, "text": text[start:end], **fields}

    def several(make, most=3):
        return [make(number) for number in range(draw(st.integers(0, most)))]

    words = st.sampled_from(["", "a", "no", "1", "#x", "a: b", "é“”"])

    def one_of(ids):
        return draw(st.none() | st.sampled_from(ids)) if ids else None

    def some_of(ids):
        return draw(st.lists(st.sampled_from(ids), max_size=2, unique=True)) if ids else []

    actors = several(
        lambda n: {
            "id": f"a{n}",
            "name": draw(words),
            "type": draw(st.sampled_from(["person", "group"])),
            "roles": draw(st.lists(words, max_size=2)),
            "mentions": several(lambda _: span(kind=draw(st.sampled_from(["name", "pronoun"])))),
        }
    )
    places = several(
        lambda n: {"id": f"p{n}", "name": draw(words), "kind": "city", "mentions": several(lambda _: span())},
        2,
    )
    dates = several(lambda n: span(id=f"d{n}", type="DATE", timex=draw(words)), 2)
    actor_ids, date_ids = [one["id"] for one in actors], [one["id"] for one in dates]
    figures = several(
        lambda n: span(
            id=f"f{n}", value=draw(st.sampled_from([None, 1, 2.5])), modifier="exact", by=one_of(actor_ids)
        )
    )
    figure_ids = [one["id"] for one in figures]
    claims = several(
        lambda n: {
            "id": f"c{n}",
            "quotation": "direct",
            "speech_act": draw(st.sampled_from(["statement", "denial"])),
            "source": {"actor": one_of(actor_ids), "span": (draw(st.booleans()) and span()) or None},
            "cue": (draw(st.booleans()) and span(lemma="say")) or None,
            "content": [span(), *several(lambda _: span(), 1)],
            "hedge": draw(st.none() | words),
            "said": one_of(date_ids),
            "actors": some_of(actor_ids),
            "figures": some_of(figure_ids),
            "parent": draw(st.sampled_from([None, *(f"c{m}" for m in range(n))])),
        },
        4,
    )
    silences = several(lambda _: {"actor": one_of(actor_ids), "span": span(), "kind": "declined"}, 2)
    claim_ids = [one["id"] for one in claims]
    disputes = several(
        lambda n: {
            "id": f"x{n}",
            "matter": draw(words),
            "sides": [{"stance": "asserts", "claims": some_of(claim_ids)}],
        },
        1,
    )
    return ArticleRecord.model_validate(
        {
            "article": Article.of(text, id="wild", title=draw(st.none() | words)).model_dump(),
            "actors": actors,
            "places": places,
            "dates": dates,
            "figures": figures,
            "claims": claims,
            "disputes": disputes,
            "non_responses": silences,
        }
    )


@st.composite
def two_records(draw):
    """Two records of one article, whose text may have changed between them."""
    old = draw(records())
    new = draw(records(old.article.text) if draw(st.booleans()) else records())
    return old, new
