"""The wordings that tell of a protected filing, one rule each: English and Spanish, numbers, short forms.

A rule is tried where one of its `triggers` stands in the text. Its pattern meets a shadow in small letters, so accents
and look-alike letters need no form of their own. Every repetition is bounded: no text makes a rule run away.
Sources: 8 CFR 208.6 (asylum, withholding, credible and reasonable fear), 8 U.S.C. 1367(a)(2) (VAWA, T and U), the
titles of the forms, 8 CFR 274a.12 (categories of employment documents), the codes of classes of admission.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

KINDS: Final = ("asylum", "fear", "trafficking", "crime_victim", "vawa", "victim")

_GAP = r"[\s-]{1,3}"
_SEP = r"[.\s-]{0,2}"
_FORM = r"(?:form" + _GAP + r")?"
_FILING = (
    "application|applicant|claimant|claim|case|interview|petitioner|petition|filing|hearing|status|request|grant|"
    "approval|denial|paper|papers|certification|holder|relief|waiting list|proceedings|lawyer"
)
_TAIL = rf"(?:-based)?(?:{_GAP}(?:{_FILING})s?){{0,2}}\b"
_NO_HEAD = r"(?<![\w'])"


@dataclass(frozen=True, slots=True)
class Rule:
    """`unless` looks at the words before, `near` and `not_near` at the sentence; `capital`: only as a short form."""

    kind: str
    name: str
    triggers: tuple[str, ...]
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    near: re.Pattern[str] | None = None
    not_near: re.Pattern[str] | None = None
    capital: bool = False


def _rule(
    kind: str,
    name: str,
    triggers: str,
    pattern: str,
    *,
    unless: str = "",
    near: str = "",
    not_near: str = "",
    capital: bool = False,
) -> Rule:
    def made(text: str) -> re.Pattern[str] | None:
        return re.compile(text) if text else None

    return Rule(
        kind,
        name,
        tuple(triggers.split("|")),
        re.compile(pattern),
        made(rf"(?:{unless})\W{{0,2}}$" if unless else ""),
        made(near),
        made(not_near),
        capital,
    )


def _number(digits: str) -> str:
    """A form's number with its letter, however it is joined: `I-589`, `I589`, `I 589`."""
    return rf"{_NO_HEAD}{_FORM}i[\s–-]{{0,2}}{digits}[ab]?\b"


def _letters(word: str) -> str:
    """A word whose letters may be dotted, spaced or joined by hyphens."""
    return r"[.\s-]{0,1}".join(word)


_ASYLUM_NOUN = (
    rf"{_FILING}|officer|office|seeker|clock|statute|only proceedings|only|process|decision|offices"
)
_NO_PLACE = r"(?!(?:-era)?\s{1,2}(?:street|st\b|avenue|ave\b|road|hill|lane|building|place)|-era)"
_VISA = r"[\s\"“”–-]{1,3}visas?"
_NOT_A_PERSONS_FILING = (
    r"\b(?:convict|charged?\b|charges|accused|indict|drug|narcotic|firearm|weapon|cocaine)"
)
_FEAR_ACT = r"return(?:ing|ed)?|removal|being (?:returned|removed|deported|sent back)|deportation"
_VOICED = r"(?:is |was )?(?:afraid|scared|frightened|terrified|fearful)"

RULES: Final[tuple[Rule, ...]] = (
    # Asylum, withholding, the Convention: 8 CFR 208.6.
    _rule(
        "asylum",
        "asylum.word",
        "asylum|asilum|a-s-y|a s y|a.s.y",
        rf"\b(?:(?:notice{_GAP}of{_GAP})?intent{_GAP}to{_GAP}deny{_GAP})?(?:(?:political|affirmative|defensive){_GAP})?"
        rf"(?:{_letters('asylum')}|asilum)\b{_NO_PLACE}(?:-based)?(?:{_GAP}(?:{_ASYLUM_NOUN})s?){{0,2}}\b",
        unless=r"\b(?:lunatic|insane|mental|at \d{1,5}|lives at|\d{2,5})",
        not_near=r"\b(?:hospital|museum|poor)\b.{0,40}\bonce\b|\bonce an\b",
    ),
    _rule("asylum", "asylum.person", "asylee", r"\b(?:derivative )?asylees?(?: status)?\b"),
    _rule("asylum", "asylum.form_589", "589", rf"{_number('589')}{_TAIL}"),
    _rule("asylum", "asylum.his_589", "589", r"\b(?<=\bhis )589\b|(?<=\bher )589\b|(?<=\bthe )589\b"),
    _rule("asylum", "asylum.form_730", "730", rf"{_number('730')}{_TAIL}"),
    _rule("asylum", "asylum.card", "c08|c-08", r"\bc-?08\b"),
    _rule("asylum", "asylum.category", "(8)|(5)", r"\(c\) ?\(8\)|\(a\) ?\(5\)"),
    _rule(
        "asylum",
        "asylum.code",
        "as6|as-6|as7|as-7|as8|as-8",
        r"\bas-?[678]\b",
        near=r"status|class|admission|code|card",
        capital=True,
    ),
    _rule(
        "asylum",
        "asylum.withholding",
        "withholding",
        r"\bwithholding(?: of (?:removal|deportation)| only|-only)(?: proceedings)?\b",
    ),
    _rule(
        "asylum",
        "asylum.withholding_beside",
        "withholding",
        r"\bwithholding\b",
        near=r"asylum|\bcat\b|torture",
        unless=r"tax",
        not_near=r"wages?|tax|evidence",
    ),
    _rule("asylum", "asylum.torture_convention", "torture", r"\b(?:un )?convention against torture\b"),
    _rule("asylum", "asylum.deferral", "deferral", r"\bdeferral of removal(?: under (?:the )?cat)?\b"),
    _rule(
        "asylum",
        "asylum.cat",
        "cat",
        r"\bcat (?:protection|claim|relief|application|grant|eligibility)\b",
        capital=True,
    ),
    _rule(
        "asylum",
        "asylum.cat_granted",
        "cat",
        r"\bcat\b(?! (?:scan|\d))",
        near=r"\b(?:judge|court|granted)\b",
        not_near=r"\b(?:pet|neighbou?r|dog|animal)\b",
        capital=True,
    ),
    _rule(
        "asylum",
        "asylum.refugee",
        "refugee",
        r"\brefugees?(?: (?:status|claim|travel document|application|relative petition))?\b(?! (?:camp|agency))",
    ),
    _rule(
        "asylum",
        "asilo.palabra",
        "asilo|asilad",
        r"\b(?:(?:solicitud|solicitantes?|peticion|caso|entrevista|audiencia) de )?"
        r"asil(?:o|ad[oa]s?)(?: politic[oa]s?)?\b",
        unless=r"ancianos",
    ),
    _rule("asylum", "asilo.retencion", "retencion", r"\bretencion de (?:remocion|deportacion)\b"),
    _rule("asylum", "asilo.tortura", "tortura", r"\bconvencion contra la tortura\b"),
    _rule("asylum", "asilo.refugiado", "refugiad", r"\brefugiad[oa]s?\b"),
    # Fear of return: the interviews and their forms, and the words of the person.
    _rule(
        "fear",
        "fear.screening",
        "credible|reasonable",
        r"\b(?:credible[\s-]{1,3}fear|reasonable[\s-]{1,3}fear(?! (?:of|for|that)\b))"
        rf"(?:{_GAP}(?:interview|determination|finding|screening|review|claim|process|referral)s?){{0,2}}\b",
    ),
    _rule("fear", "fear.form", "870|899|863", _number("(?:870|899|863)")),
    _rule(
        "fear",
        "fear.short_form",
        "cfi|rfi",
        r"\b[cr]fi\b",
        near=r"complet|positive|negative|passed|interview|result|screening|conducted|fear",
        capital=True,
    ),
    _rule(
        "fear",
        "fear.of_return",
        "fear",
        rf"\b(?:well[\s-]{{1,3}}founded fear(?: of persecution)?|fears? (?:of )?(?:{_FEAR_ACT}|persecution|torture)"
        r"|fear of (?:going back|harm if (?:returned|removed|deported)))\b",
    ),
    _rule(
        "fear",
        "fear.afraid",
        "afraid|scared|frightened|terrified|fearful",
        rf"\b{_VOICED} (?:to (?:return|go back|be (?:returned|removed|deported))"
        r"|of (?:returning|going back|being (?:returned|removed|deported)|removal|deportation))(?: (?:home|there))?\b",
        not_near=r"\bto (?:work|school|the (?:house|job|shop|store|apartment))\b",
    ),
    _rule(
        "fear",
        "miedo.entrevista",
        "creible|razonable",
        r"\b(?:miedo|temor) (?:creible|razonable)\b",
    ),
    _rule(
        "fear",
        "miedo.volver",
        "miedo|temor",
        r"\btemor fundado\b|\b(?:miedo|temor) (?:de|a) (?:regresar|volver|que l[oae]s? deport\w{2,4}|ser deport\w{2,4}"
        r"|la (?:deportacion|persecucion)|persecucion)\b",
    ),
    # T: victims of trafficking.
    _rule("trafficking", "t.visa", "visa", rf"{_NO_HEAD}[\"“]?t-?[1-6]?(?:{_VISA}|visas?)\b{_TAIL}"),
    _rule(
        "trafficking",
        "t.status",
        "t",
        rf"{_NO_HEAD}t-?[1-6]?{_GAP}(?:nonimmigrant|non-immigrant)(?:{_GAP}status)?\b|{_NO_HEAD}t-[1-6]{_GAP}status\b",
    ),
    _rule(
        "trafficking",
        "t.filing",
        "t ",
        rf"{_NO_HEAD}t (?:application|petition|cert(?:ification)?)\b",
        capital=True,
    ),
    _rule("trafficking", "t.form", "914", rf"{_number('914')}(?:,? supplement [ab])?{_TAIL}"),
    _rule("trafficking", "t.presence", "continued", r"\bcontinued presence\b"),
    _rule(
        "trafficking",
        "t.victim",
        "traffick",
        r"\b(?:certified )?(?:(?:human )?trafficking (?:victim|survivor)s?"
        r"|(?:victim|survivor)s? of (?:(?:human|labor|sex|severe) )?trafficking)\b",
        not_near=_NOT_A_PERSONS_FILING,
    ),
    _rule("trafficking", "t.visa_es", "visa", rf"\bvisa(?: tipo)?[\s-]{{1,2}}t\b(?!{_GAP}(?:shirt|mobile))"),
    _rule("trafficking", "t.trata", "trata", r"\b(?:victimas? de (?:la )?trata|trata de personas)\b"),
    # U: victims of crime.
    _rule(
        "crime_victim",
        "u.visa",
        "visa",
        rf"{_NO_HEAD}(?:peticion de )?[\"“]?u-?[1-5]?(?:{_VISA}|visas?)\b{_TAIL}",
    ),
    _rule(
        "crime_victim",
        "u.status",
        "u",
        rf"{_NO_HEAD}u-?[1-5]?{_GAP}(?:nonimmigrant|non-immigrant|petitioner|petition)(?:{_GAP}status)?\b"
        rf"|{_NO_HEAD}u-?[1-5]{_GAP}status\b",
    ),
    _rule(
        "crime_victim",
        "u.filing",
        "u ",
        rf"{_NO_HEAD}u (?:cert(?:ification)?|application|wait(?:ing)? list|supplement)\b",
        capital=True,
    ),
    _rule(
        "crime_victim",
        "u.alone",
        "u",
        rf"{_NO_HEAD}u\b(?![\w'-]|\.\w)",
        near=r"\b(?:certif(?:y|ied|ies)|come through|waiting for|pending|approved|filed|applied)\b",
        not_near=r"\b(?:grade|unit|apartment|apt|shape|turn|bus)\b",
        capital=True,
    ),
    _rule("crime_victim", "u.derivative", "u-", r"\bu-[1-5]\b", near=r"status|derivative|admission"),
    _rule("crime_victim", "u.form", "918|929", rf"{_number('(?:918|929)')}(?:,? supplement [ab])?{_TAIL}"),
    _rule(
        "crime_victim",
        "u.determination",
        "bona fide",
        r"\bbona fide determination\b",
    ),
    _rule("crime_victim", "u.certification", "enforcement", r"\blaw enforcement certification\b"),
    _rule(
        "crime_victim",
        "u.card",
        "a19|a20|c14",
        r"\ba(?:19|20)\b",
        near=r"employment|card|category|work|document",
    ),
    _rule(
        "crime_victim",
        "u.visa_es",
        "visa",
        r"\b(?:peticion de )?visa(?: tipo)?[\s-]{1,2}u\b",
    ),
    # VAWA: spouses, children and parents who were abused.
    _rule(
        "vawa",
        "vawa.word",
        "vawa|v.a.w.a|v a w a|v-a-w-a",
        rf"\b(?:peticion )?{_letters('vawa')}\b\.?(?:-based)?"
        rf"(?:{_GAP}(?:{_FILING}|i-?360|self[\s-]?petition(?:er)?|cancellation)s?){{0,2}}\b",
    ),
    _rule(
        "vawa",
        "vawa.act",
        "violence",
        r"\bviolence against women act\b|\bviolencia contra las? mujer(?:es)?\b",
    ),
    _rule("vawa", "vawa.ley", "ley de", r"\bley de violencia contra las? mujer(?:es)?\b"),
    _rule(
        "vawa",
        "vawa.form_360",
        "360",
        rf"{_number('360')}(?:{_GAP}vawa)?{_TAIL}",
        not_near=r"religious|juvenile|\bsij\b|amerasian|widow|interpreter|translator|employee",
    ),
    _rule("vawa", "vawa.self_petition", "self", r"\b(?:vawa )?self[\s-]{1,2}petition(?:er|ers|s|ed|ing)?\b"),
    _rule("vawa", "vawa.autopeticion", "auto", r"\bauto-?peticion(?:es|ari[oa]s?)?\b"),
    _rule(
        "vawa",
        "vawa.spouse",
        "battered|abused|abusive",
        r"(?:(?<![\w-])petition (?:as|of) (?:a|an) )?\b"
        r"(?:battered|abused|abusive) (?:spouse|child|wife|husband|parent)s?(?: petition| waiver)?\b",
    ),
    _rule("vawa", "vawa.conyuge", "maltratad|abusad", r"\b(?:conyuge|espos[oa]) (?:maltratad|abusad)[oa]\b"),
    _rule("vawa", "vawa.cancellation", "special rule", r"\bspecial rule cancellation\b"),
    _rule("vawa", "vawa.waiver", "751", rf"{_number('751')} waiver based on (?:abuse|battery|cruelty)\b"),
    _rule("vawa", "vawa.card", "c31|c-31", r"\bc-?31\b", near=r"employment|card|category|work|document"),
    # Marks of protection that name no filing, and filings that name no kind.
    _rule(
        "victim",
        "victim.section_1367",
        "1367",
        r"\b(?:(?:section|8 u\.? ?s\.? ?c\.?(?: section)?|\u00a7) ?1367(?:\([a-d]\))?"
        r"|1367[\s-](?:flag|protected|protection|applies|case|hit))\b"
        r"(?: (?:applies|flag|protected|protection))?",
    ),
    _rule("victim", "victim.do_not_disclose", "1367", r"\b1367\b", near=r"disclos|confidential|protected"),
    _rule("victim", "victim.code_384", "384", r"\b(?:code[\s-]384|384[\s-](?:flag|code|protected))\b"),
    _rule(
        "victim",
        "victim.filing",
        "victim",
        r"\b(?:humanitarian )?victim(?:[\s-]based)? (?:visa|relief|filing|petition|application)s?\b",
    ),
    _rule("victim", "victima.visa", "victima", r"\bvisa (?:de|para) victimas?\b"),
)
