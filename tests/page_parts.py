"""Pages for tests: hypothesis strategies for HTML of any shape, and a plain article."""

from __future__ import annotations

from hypothesis import strategies as st

PROSE = (
    "Rain fell all night over the old town, and by morning the river had reached the lowest houses of the quay.",
    "The fire brigade carried sandbags to the mill, where forty people had spent the night on the upper floor.",
    "Nobody was hurt, said the mayor, who had come by boat and promised that the bridge would be open by Friday.",
    "The last flood of this height was in 1954, when the water stood for nine days in the cellars of the brewery.",
    "Schools in the valley stay closed until Monday, and the trains to the coast run only every second hour.",
)
MENU = '<nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>'


def article(*paragraphs: str, body: str = "article") -> str:
    """A page with a menu, a title, `paragraphs` (HTML) and a footer."""
    inside = "".join(f"<p>{text}</p>" for text in paragraphs or PROSE)
    return (
        f"<html><head><title>The flood</title></head><body>{MENU}<{body}><h1>The flood</h1>{inside}</{body}>"
        "<footer><a href=/about>About us</a> <a href=/terms>Terms</a></footer></body></html>"
    )


ARTICLE = article()

_BLOCKS = "p div ul li section article table tr td h1 h2 blockquote pre figure button x-box details"
_INLINE = "a b i span em sup code x-y label font"
_ODD = "br hr script style svg iframe select textarea template math title form noscript ruby th img"
ATTRIBUTES = (
    "", "", "", ' class="content main"', ' class="sr-only"', " hidden", ' aria-hidden="true"', ' href="/x"', " href",
    ' style="color:red; DISPLAY : none"', " id=a", " role=presentation", ' class="comment-list"', " class", " href='' id=''",
)  # fmt: skip
WORDS = (
    PROSE[0], "Read more", "x", "yy ", " z", " ", "\n", "\t", "\0", "\x1c", "\x85", "\u2028", "\u00a0", "&nbsp;", "&lt;p>",
    "<", "&", "日本語の文章です。", "العربية", "😀", "\ud800", "|", "Share", "[1]", "\ufeff", "\u200b", "\x0b", "12", "Leave a Reply",
)  # fmt: skip

_words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map("".join)
_tags = st.sampled_from(f"{_BLOCKS} {_BLOCKS} {_INLINE} {_INLINE} {_ODD}".split())
_attributes = st.sampled_from(ATTRIBUTES)


def _element(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def made(tag: str, attributes: str, children: list[str]) -> str:
        return f"<{tag}{attributes}>{''.join(children)}</{tag}>"

    return st.builds(made, _tags, _attributes, st.lists(inside, max_size=4))


#: HTML of elements within elements, all closed.
trees = st.lists(st.recursive(_words | st.just("<br>"), _element, max_leaves=25), min_size=1, max_size=4).map(
    "".join
)

_open = st.builds(lambda tag, attributes: f"<{tag}{attributes}>", _tags, _attributes)
_close = _tags.map(lambda tag: f"</{tag}>")
_junk = st.sampled_from(
    (
        "<!--",
        "-->",
        "<!doctype html>",
        "<body",
        "</",
        "<p class='",
        '"',
        "<![CDATA[",
        "]]>",
        "<?php",
        ">",
        "</html>",
    )
)

#: Anything that looks like HTML: tags that are not closed, closed twice or cut, text of any characters.
soups = st.lists(_words | _open | _open | _close | _junk | st.text(max_size=8), min_size=0, max_size=30).map(
    "".join
)

#: Pages of any kind.
pages = trees | soups | st.builds(lambda a, b: article(a, *PROSE[:2], b), soups, trees)
