"""What a message says about room: what is fixed, what is open, what is undecided (24, 41)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.practice.wording import either, plain

ALL_OPEN = either(
    "alles (?:ligt|staat|is)(?: echt)?(?: nog)? (?:helemaal |volledig )?(?:open|bespreekbaar|mogelijk)",
    "niets (?:ligt|staat) (?:nog )?vast|u (?:mag|kunt) (?:het )?(?:zelf|mee) (?:beslissen|bepalen) of",
)
FIXED = either(
    "besl(?:uit|issing)[^.!?]{0,50} (?:genomen|gevallen|valt|omgooien|terugdraaien|staat|vast|niet)",
    "(?:staat|ligt) (?:al |nu |gewoon |wel )?vast|niet ter discussie|gaat (?:gewoon |wel )?door|niet aan ons",
    "(?:gaat|komt) er (?:gewoon )?(?:door|komt)|al (?:rond|getekend|beslist|beklonken|besloten|genomen)",
    r"(?:vorige|deze) \w+ getekend|weinig meer te veranderen|geen (?:vetorecht|veto|invloed|zeggenschap|stem)",
    r"beslis(?:t|sen)? (?:u|je|jij|jullie|we|wij|ik)(?: \w+)? niet|niet (?:meer )?(?:mee|over) ?beslissen",
    r"niet (?:meer )?(?:open|terug|tegenhouden|veranderen|omgooien|terugdraaien|onderhandel\w+)",
    r"(?:(?:kan|ga|mag) ik|ik (?:kan|ga|mag)) (?:u |je |niemand )?(?:niet|niks|niets|geen)[^.!?]{0,20}belo(?:ven|fte)",
)
OPEN = either(
    "(?:ligt|staat|is) (?:wel |nog )*open|nog open|wel invloed|wel over|meegeven|vragen we (?:u|jullie)",
    r"meedenk\w*|mee (?:wil(?:len)? )?denk\w*|meepra(?:at|ten)|mee(?: te)? praten|meebe(?:slissen|palen)",
    r"inspr(?:eken|aak)|advies|adviseren|klankbord\w*|voorwaarden|afspraken|daarover (?:wil|kunnen|kunt)",
    "kunt (?:u )?(?:nog )?(?:wel )?over",
)
PROMISES = either(
    "daar kunt? (?:u|je) op rekenen|reken(?:t u)? (?:er )?maar op|mijn woord (?:erop|er op)|beloofd is beloofd",
    "(?:ik|we|wij) (?:beloof|beloven|garandeer|garanderen)|(?:beloof|garandeer) ik|sta(?:an)? (?:ik|we) [^.!?]{0,15}garant",
)
DENIES = either("niet", "geen", "niets", "niks", "nooit", "zonder")
UNDECIDED = either(
    "nog niet (?:besloten|beslist|zeker)|weten (?:we|wij) nog niet of|moet nog (?:besloten|beslist)",
    "de raad (?:beslist|besluit|moet nog)|valt in de raad|besluit valt",
)


@dataclass(frozen=True)
class RoomFrame:
    """What a message says about room: something is fixed, something is open, or it is still undecided.

    all_open: everything is said to be open. promises: a promise in so many words, with no 'niet' in it.
    """

    fixed: bool
    open: bool
    unknown: bool
    all_open: bool
    promises: bool = False

    @property
    def said(self) -> bool:
        """Whether anything was said about room at all."""
        return self.fixed or self.open or self.unknown


def room_frame(text: str) -> RoomFrame:
    """Read what a message says about room."""
    bare = plain(text)
    everything = ALL_OPEN.search(bare) is not None
    return RoomFrame(
        fixed=FIXED.search(bare) is not None,
        open=everything or OPEN.search(bare) is not None,
        unknown=UNDECIDED.search(bare) is not None,
        all_open=everything,
        promises=any(PROMISES.search(s) and not DENIES.search(s) for s in re.split(r"[.!?]", bare)),
    )
