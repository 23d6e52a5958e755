"""Parsing a page into a tree, and setting right in it what text extraction would lose."""

from __future__ import annotations

import re

from lxml import etree, html

from onrecord.read.lines import BLOCKS, SILENT, valid
from onrecord.read.outcome import Rejection

# Beyond these a page is an attack or broken, and extraction takes minutes.
_MOST_INLINE = 10_000
_MOST_CHILDREN = 30_000
_MOST_DEEP = 2_000
_MOST_TEXT = 5_000_000
_ENTRIES = 3
_ENTRY_WORDS = 8
_DEEP = etree.XPath("count(//*[count(ancestor::*) > 100])")
_ENCODING_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")


def parse_page(page: str) -> html.HtmlElement:
    """Return the tree of a page; nothing is fetched and no entity of the page's own is read for it.

    Raises:
        Rejection: `no_text` where there is nothing to parse; `too_complex` where it is nested deeper
            than libxml2 goes, which drops the rest without a word (256 levels, 2,048 here), and for
            inordinately many elements that are deep, in one other, or in one line; `too_large` for
            text of more than 5,000,000 characters, menus and all.

    """
    parser = html.HTMLParser(
        encoding="utf-8",
        huge_tree=True,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    clean = valid(_ENCODING_DECLARATION.sub("", page, count=1))
    try:
        tree = html.document_fromstring(clean.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise Rejection("no_text", "there is no markup and no text in the page") from error
    for entry in parser.error_log:
        if entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
            raise Rejection("too_complex", f"the parser stops at line {entry.line}: {entry.message}")
    if (deep := int(_DEEP(tree))) > _MOST_DEEP:
        raise Rejection("too_complex", f"{deep:,} elements are nested more than 100 levels deep")
    size = 0
    for node in tree.iter(etree.Element):
        size += len(node.tail or "") + (0 if node.tag in SILENT else len(node.text or ""))
        if size > _MOST_TEXT:
            raise Rejection("too_large", f"the page has more than {_MOST_TEXT:,} characters of text")
        children = len(node)
        if children > _MOST_CHILDREN:
            raise Rejection("too_complex", f"{children:,} elements stand in one other")
        if children > _MOST_INLINE and sum(child.tag not in BLOCKS for child in node) > _MOST_INLINE:
            raise Rejection("too_complex", f"an element has {children:,} elements within one line")
    return tree


def set_right(tree: html.HtmlElement) -> bool:
    """Change the tree where trafilatura would lose marks, paragraphs or entries; tell of a live blog.

    `q` elements get the quotation marks that browsers show; preformatted text gets a paragraph for
    each block of lines; the entries of a live blog, each an `article`, become parts of one.
    """
    for quoted in list(tree.iter("q")):
        quoted.text = f"“{quoted.text or ''}"
        quoted.tail = f"”{quoted.tail or ''}"
        quoted.drop_tag()
    for preformatted in list(tree.iter("pre")):
        blocks = [block for block in _BLANK_LINE.split(preformatted.text_content()) if block.strip()]
        tail = preformatted.tail
        preformatted.clear()
        preformatted.tag, preformatted.tail = "div", tail
        for block in blocks:
            etree.SubElement(preformatted, "p").text = block
    is_live = False
    for parent in {entry.getparent() for entry in tree.iter("article")}:
        entries = [child for child in parent if child.tag == "article"]
        if _is_live_blog(entries):
            is_live = True
            for entry in entries:
                entry.tag = "section"
    return is_live


def _is_live_blog(articles: list[html.HtmlElement]) -> bool:
    """Tell whether sibling articles are entries of one text: several with prose, none the story itself."""
    if any(article.find(".//h1") is not None for article in articles):
        return False
    lengths = [sum(len(node.text_content().split()) for node in article.iter("p")) for article in articles]
    with_prose = sum(length >= _ENTRY_WORDS for length in lengths)
    return with_prose >= _ENTRIES and 2 * max(lengths) <= sum(lengths)
