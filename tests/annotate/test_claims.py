"""Claims by the way their content is worded: quoted, reported, both, interrupted, going on."""

import pytest

QUOTED = [
    (
        "“The reservoir is half empty,” Ingrid Solberg told reporters.",
        [
            {
                "source": "Ingrid Solberg",
                "cue": "told",
                "lemma": "tell",
                "content": "“The reservoir is half empty,”",
                "act": "statement",
                "quotation": "direct",
            }
        ],
    ),
    (
        "“The reservoir is half empty,” said Ingrid Solberg, who runs the water board.",
        [{"source": "Ingrid Solberg", "cue": "said", "content": "“The reservoir is half empty,”"}],
    ),
    (
        "Ingrid Solberg said: “The reservoir is half empty.”",
        [{"source": "Ingrid Solberg", "cue": "said", "content": "“The reservoir is half empty.”"}],
    ),
    (
        "Ingrid Solberg, head of the water board, wrote: “The reservoir is half empty.”",
        [{"actor": "Ingrid Solberg", "cue": "wrote", "content": "“The reservoir is half empty.”"}],
    ),
    (
        "“Who will pay for the new pipes?” asked Ingrid Solberg.",
        [{"source": "Ingrid Solberg", "cue": "asked", "act": "question", "quotation": "direct"}],
    ),
    pytest.param(
        "“Turn off the taps!” shouted Ingrid Solberg from the balcony.",
        [{"source": "Ingrid Solberg", "cue": "shouted", "content": "“Turn off the taps!”"}],
        marks=pytest.mark.xfail(
            strict=True, reason="the parser takes the speaker behind the verb for an object"
        ),
    ),
    (
        "LAGOS, Nigeria (LNA) — Dock workers will walk out on Monday, Ngozi Adeyemi said.",
        [{"source": "Ngozi Adeyemi", "content": "Dock workers will walk out on Monday"}],
    ),
    # straight, doubled, single, German and French marks
    (
        '"The reservoir is empty," Ingrid Solberg said.',
        [{"content": '"The reservoir is empty,"', "quotation": "direct"}],
    ),
    ("''The reservoir is empty,'' Ingrid Solberg said.", [{"content": "''The reservoir is empty,''"}]),
    (
        "‘The reservoir is empty,’ Ingrid Solberg said.",
        [{"content": "‘The reservoir is empty,’", "quotation": "direct"}],
    ),
    (
        "'The reservoir is empty,' Ingrid Solberg said.",
        [{"content": "'The reservoir is empty,'", "quotation": "direct"}],
    ),
    (
        "„The reservoir is empty“, Ingrid Solberg said.",
        [{"content": "„The reservoir is empty“", "quotation": "direct"}],
    ),
    ("« The reservoir is empty », Ingrid Solberg said.", [{"content": "« The reservoir is empty »"}]),
]

REPORTED = [
    (
        "Tomasz Wilk said the verdict would be appealed.",
        [
            {
                "source": "Tomasz Wilk",
                "cue": "said",
                "content": "the verdict would be appealed",
                "act": "statement",
                "quotation": "indirect",
            }
        ],
    ),
    (
        "Tomasz Wilk said that the verdict would be appealed.",
        [{"content": "that the verdict would be appealed", "quotation": "indirect"}],
    ),
    (
        "The verdict would be appealed, Tomasz Wilk said.",
        [{"source": "Tomasz Wilk", "content": "The verdict would be appealed", "quotation": "indirect"}],
    ),
    (
        "The verdict, Tomasz Wilk said, would be appealed.",
        [{"source": "Tomasz Wilk", "content": "The verdict … would be appealed", "quotation": "indirect"}],
    ),
    (
        "Tomasz Wilk, who was at the trial, said the verdict would be appealed.",
        [{"source": "Tomasz Wilk", "content": "the verdict would be appealed"}],
    ),
    (
        "Tomasz Wilk, who defended the banker, said the verdict would be appealed.",
        [{"source": "Tomasz Wilk", "content": "the verdict would be appealed"}],
    ),
    (
        "Tomasz Wilk said the verdict was wrong and that it would be appealed.",
        [{"content": "the verdict was wrong and that it would be appealed"}],
    ),
    (
        "Prosecutors said the banker had lied, and Tomasz Wilk said the verdict would be appealed.",
        [
            {"source": "Prosecutors", "content": "the banker had lied"},
            {"source": "Tomasz Wilk", "content": "the verdict would be appealed"},
        ],
    ),
    (
        "The verdict, which Tomasz Wilk said was wrong, was read out at noon.",
        [{"source": "Tomasz Wilk", "cue": "said", "content": "was wrong"}],
    ),
    (
        "Tomasz Wilk told the court that the banker was ill.",
        [{"source": "Tomasz Wilk", "cue": "told", "content": "that the banker was ill"}],
    ),
]

MIXED = [
    (
        "Dr Amara Nwosu said the vaccine was “a turning point” for the region.",
        [
            {
                "actor": "Amara Nwosu",
                "content": "the vaccine was “a turning point” for the region",
                "quotation": "mixed",
            }
        ],
    ),
    (
        "Amara Nwosu acknowledged that “mistakes were made”.",
        [{"content": "that “mistakes were made”", "act": "confirmation"}],
    ),
    (
        "The trial was “a turning point,” Amara Nwosu said.",
        [{"content": "The trial was “a turning point,”", "quotation": "mixed"}],
    ),
    (
        "Amara Nwosu called the delay “a disgrace.”",
        [{"cue": "called", "content": "the delay “a disgrace.”", "quotation": "mixed", "act": "accusation"}],
    ),
]

INTERRUPTED = [
    (
        "“The season is over,” Jorge Ramos said, “but the club will survive.”",
        [
            {
                "source": "Jorge Ramos",
                "cue": "said",
                "content": "“The season is over,” … “but the club will survive.”",
                "quotation": "direct",
            }
        ],
    ),
    (
        "“The season is over,” Jorge Ramos said. “Our fans deserved better. We will sell two players.”",
        [{"content": "“The season is over,” … “Our fans deserved better. We will sell two players.”"}],
    ),
    (
        "“The season is over. Our fans deserved better. We will sell two players,” Jorge Ramos said.",
        [{"content": "“The season is over. Our fans deserved better. We will sell two players,”"}],
    ),
    pytest.param(
        "“They told us to wait for the referee,” Jorge Ramos said. “We waited.”",
        [
            {"source": "Jorge Ramos", "content": "“They told us to wait for the referee,” … “We waited.”"},
            {"cue": "told"},
        ],
        marks=pytest.mark.xfail(strict=True, reason="a short sentence that goes on with a quotation is lost"),
    ),
    (
        "“The season is over and the money is gone,” Jorge Ramos said.\n“We will have to sell two players.”",
        [{"content": "“The season is over and the money is gone,” … “We will have to sell two players.”"}],
    ),
    (
        "“The season is over,” Jorge Ramos said. “Our fans deserved better.\n“We will sell two players.”",
        [{"content": "“The season is over,” … “Our fans deserved better. … “We will sell two players.”"}],
    ),
]

ALONE = [
    # Nobody is named: a claim all the same.
    (
        "“This is the valley that our parents gave us and we will keep it.”",
        [{"source": None, "actor": None, "cue": None, "quotation": "direct", "act": "statement"}],
    ),
    # Terms in quotation marks are no claims.
    ("The “road to nowhere” will be widened next year.", []),
    ("He grew up in the ‘golden triangle’ of rugby.", []),
    # Nor is plain narration.
    ("The council met on Monday and the river rose overnight.", []),
]


@pytest.mark.parametrize(("text", "expected"), QUOTED)
def test_direct_quotations(assert_claims, text, expected):
    assert_claims(text, expected)


@pytest.mark.parametrize(("text", "expected"), REPORTED)
def test_indirect_speech(assert_claims, text, expected):
    assert_claims(text, expected)


@pytest.mark.parametrize(("text", "expected"), MIXED)
def test_mixed_quotations(assert_claims, text, expected):
    assert_claims(text, expected)


@pytest.mark.parametrize(("text", "expected"), INTERRUPTED)
def test_a_quotation_around_its_cue_and_on_is_one_claim(assert_claims, text, expected):
    assert_claims(text, expected)


@pytest.mark.parametrize(("text", "expected"), ALONE)
def test_quotations_without_a_cue(assert_claims, text, expected):
    assert_claims(text, expected)


SPEAKERS = [
    (
        "“The dam will hold through the winter,” Ingrid Solberg said.\n"
        "“It will not hold through the spring,” Tomasz Wilk replied.",
        ["Ingrid Solberg", "Tomasz Wilk"],
    ),
    (
        "“The dam will hold through the winter,” Ingrid Solberg said.\n"
        "Tomasz Wilk disagreed.\n"
        "“It will not hold through the spring,” he said.",
        ["Ingrid Solberg", "Tomasz Wilk"],
    ),
]


@pytest.mark.parametrize(("text", "speakers"), SPEAKERS)
def test_a_quotation_with_its_own_cue_does_not_go_on_with_the_one_before(record_of, text, speakers):
    record = record_of(text)
    assert [record.source_of(claim).name for claim in record.claims] == speakers
