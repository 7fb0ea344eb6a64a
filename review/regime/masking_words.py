"""The words that masking knows by themselves, in English and Spanish, folded. Written for Totality."""

from __future__ import annotations

from typing import Final


def _list(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SHOWN: Final = {
    "[they]": "he she el ella",
    "[them]": "him his her hers",
    "[themself]": "himself herself",
    "[spouse]": "husband husbands wife wives",
    "[parent]": "father fathers mother mothers dad dads mom moms mum mama papa mommy daddy",
    "[grandparent]": "grandfather grandfathers grandmother grandmothers grandpa grandma",
    "[child]": "son sons daughter daughters",
    "[grandchild]": "grandson grandsons granddaughter granddaughters",
    "[stepchild]": "stepson stepsons stepdaughter stepdaughters",
    "[stepparent]": "stepfather stepmother",
    "[sibling]": "brother brothers sister sisters",
    "[half-sibling]": "halfbrother halfsister stepbrother stepsister",
    "[parent's sibling]": "uncle uncles aunt aunts",
    "[sibling's child]": "nephew nephews niece nieces",
    "[godparent]": "godfather godmother",
    "[partner]": "boyfriend girlfriend fiance fiancee",
    "[widowed person]": "widow widower",
    "[person]": "man woman gentleman lady guy male female",
    "[people]": "men women gentlemen ladies males females",
    "[young person]": "boy boys girl girls",
    "[cónyuge]": "esposo esposa esposos marido",
    "[padre o madre]": "padre madre",
    "[hijo o hija]": "hijo hija hijos hijas",
    "[hermano o hermana]": "hermano hermana hermanos hermanas",
    "[abuelo o abuela]": "abuelo abuela",
    "[nieto o nieta]": "nieto nieta",
    "[tío o tía]": "tio tia",
    "[sobrino o sobrina]": "sobrino sobrina",
    "[primo o prima]": "primo prima",
    "[novio o novia]": "novio novia",
    "[viudo o viuda]": "viudo viuda",
    "[persona]": "hombre mujer",
    "[personas]": "hombres mujeres",
    "[menor]": "nino nina muchacho muchacha",
}
# What a word is shown as. A plural has the brackets of its singular: how many there are is told by the words around it.
SHOWN: Final = {word: shown for shown, line in _SHOWN.items() for word in line.split()}

TITLES: Final = _list("mr mrs ms miss mister madam sr sra srta senor senora senorita don dona")
PARTICLES: Final = _list("de del la las los van von der den da das do dos di du bin ibn al el y")
MONTHS: Final = _list(
    "january february march april may june july august september october november december enero febrero marzo "
    "abril mayo junio julio agosto septiembre octubre noviembre diciembre monday tuesday wednesday thursday "
    "friday saturday sunday spring summer autumn fall winter"
)
# Names that are written like ordinary words: masked where they are written as names are.
ORDINARY: Final = _list(
    "will may hope young grant rose faith grace joy park parks long short brown white black green gray king price "
    "banks bank case field fields stone hill hills woods wood rivers river law chance mark bill sue pat frank "
    "rich earnest drew dean art angel cruz rosa luz paz sol mar leon mercy justice page day days love best good "
    "small little new west east north south street home house work call ford lane miles cook baker carpenter "
    "mason porter parker hunter fisher farmer gardener driver ward wall marsh major judge bishop pope prince duke "
    "lord church temple read reed rush sharp swift strong wise moody noble true fair dear ray rob jack nick skip "
    "chase pierce wade trip max gene june april august summer autumn winter dawn eve ivy lily violet olive ruby "
    "pearl crystal amber hazel iris daisy ginger flores reyes santos campos torres rios rivera montes prado vega "
    "sierra campo rey santo blanco rubio delgado bravo moreno leal franco guerra mora pardo rojas rico salas toro "
    "vaca"
)
# Words of institutions and of the law: they tell what a source is, not where.
GENERIC: Final = _list(
    "county city town village parish borough state states united federal national superior district municipal "
    "circuit supreme family juvenile criminal civil immigration appeals board court courts courthouse clerk "
    "office officer offices police sheriff sheriffs department departments division bureau agency authority "
    "service services public safety hospital clinic medical health center centre school schools high elementary "
    "middle college university jail prison detention correctional facility field station port entry bridge "
    "airport border street avenue road the of and at on in for to a an or by with from not no report record "
    "records judgment charge statement interview employer landlord neighbor neighbour victim witness source "
    "unknown other person counsel attorney social worker probation parole prosecutor district homeland security "
    "customs enforcement removal operations patrol justice part section clause title act code form notice "
    "priority factor outcome i ii iii iv v vi vii viii ix x"
)
# Behind a proper name these make it a place.
LOCAL: Final = _list(
    "county city town village parish borough superior municipal court courthouse police sheriff sheriffs hospital "
    "clinic school elementary university college jail prison detention correctional street avenue road boulevard "
    "lane bridge airport church park neighborhood apartments"
)
BEFORE_PLACE: Final = _list("in near from outside toward towards en desde cerca")
STREETS: Final = _list(
    "street st avenue ave road rd boulevard blvd lane ln drive dr court ct place pl way highway hwy calle avenida"
)
# States of the United States whose name is one word, and the parts of those that have two.
STATES: Final = _list(
    "alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho "
    "illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi "
    "missouri montana nebraska nevada hampshire jersey mexico york carolina dakota ohio oklahoma oregon "
    "pennsylvania rhode tennessee texas utah vermont virginia washington wisconsin wyoming columbia puerto guam"
)
