"""The language that a page says it is in."""

from __future__ import annotations

import re
from typing import Any

from newsclean.html.heads import Heads
from newsclean.html.tidying import listed

__all__ = ["page_language"]

_CODES = re.findall(
    "..",
    "aaabaeafakamanarasavayazbabebgbhbibmbnbobrbscacechcocrcscucvcydadedvdzeeeleneoeseteufafffifjfofrfygagdglgngugv"
    "hahehihohrhthuhyhziaidieigiiikioisitiujajvkakgkikjkkklkmknkokrkskukvkwkylalblglilnloltlulvmgmhmimkmlmnmrmsmtmy"
    "nanbndnengnlnnnonrnvnyocojomorospapiplpsptqurmrnrorurwsascsdsesgsiskslsmsnsosqsrssstsusvswtatetgthtitktltntotr"
    "tstttwtyugukuruzvevivowawoxhyiyozazhzu",
)
# Three-letter and withdrawn codes, and countries that are taken for languages.
_ALIASES: dict[str, str] = dict(
    re.findall(
        r"(\w+):(\w+)",
        "eng:en deu:de ger:de spa:es fra:fr fre:fr ita:it por:pt nld:nl dut:nl pol:pl rus:ru ukr:uk tur:tr ara:ar "
        "fas:fa per:fa heb:he hin:hi ben:bn urd:ur zho:zh chi:zh cmn:zh jpn:ja kor:ko vie:vi ind:id swe:sv nor:no "
        "nob:nb nno:nn dan:da fin:fi ces:cs cze:cs hun:hu ron:ro rum:ro ell:el gre:el iw:he in:id ji:yi jw:jv jp:ja "
        "cn:zh cz:cs dk:da gr:el ua:uk",
    )
)
_CODE = re.compile(r"\s*([A-Za-z]{2,3})(?![A-Za-z])")


def page_language(page: Heads) -> str | None:
    """The first code of ISO 639-1 that the page's markup, meta tags or linked data give, or None."""
    tags: list[Any] = [page.tree.get("lang"), page.tree.get("xml:lang")]
    tags += page.meta("og:locale", "content-language", "dc.language")
    for node in page.nodes:
        for said in listed(node.get("inLanguage")):
            tags += [said.get("alternateName"), said.get("name")] if isinstance(said, dict) else [said]
    for tag in tags:
        if isinstance(tag, str) and (code := _CODE.match(tag)):
            found = _ALIASES.get(code[1].lower(), code[1].lower())
            if found in _CODES:
                return found
    return None
