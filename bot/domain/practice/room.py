"""What a message says about room: what is fixed, what is open, what is undecided (24, 41)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.practice.wording import plain

ALL_OPEN = re.compile(
    r"\balles (?:ligt|staat|is)( echt)?( nog)? (?:helemaal |volledig )?(?:open|bespreekbaar|mogelijk)\b"
    r"|\bniets (?:ligt|staat) (?:nog )?vast\b|\bu (?:mag|kunt) (?:het )?(?:zelf|mee) (?:beslissen|bepalen) of\b"
)
FIXED = re.compile(
    r"\b(?:besl(?:uit|issing)\b[^.!?]{0,50}(?:genomen|gevallen|valt|omgooien|terugdraaien|staat|vast|niet)"
    r"|staat (?:al |nu |gewoon |wel )?vast|ligt (?:al |nu |wel )?vast|niet ter discussie|(?:gaat|komt) er (?:gewoon )?(?:door|komt)"
    r"|gaat (?:gewoon |wel )?door|al (?:rond|getekend|beslist|beklonken|besloten|genomen)|(?:vorige|deze) \w+ getekend"
    r"|beslis(?:t|sen)? (?:u|je|jij|jullie|we|wij|ik)(?: \w+)? niet"
    r"|niet (?:meer )?(?:mee|over) ?beslissen|niet meebeslissen|geen (?:vetorecht|veto|invloed|zeggenschap|stem)"
    r"|niet (?:meer )?(?:open|terug|tegenhouden|veranderen|omgooien|terugdraaien|onderhandel\w+)|weinig meer te veranderen"
    r"|(?:kan|ga|mag) ik (?:u |je |niemand )?(?:niet|niks|niets|geen)[^.!?]{0,20}belo(?:ven|fte\w*)|niet aan ons)\b"
)
OPEN = re.compile(
    r"\b(?:(?:ligt|staat|is) (?:wel |nog )*open|nog open|wel invloed|meedenk\w*|mee (?:wil(?:len)? )?denk\w*|meepraat\w*"
    r"|mee(?: te)? praten|advies|adviseren|inspreken|klankbord\w*|mee(?:beslissen|bepalen)|inspraak|voorwaarden|afspraken"
    r"|daarover (?:wil|kunnen|kunt)|kunt (?:u )?(?:nog )?(?:wel )?over|meegeven|vragen we (?:u|jullie)|wel over)\b"
)
UNDECIDED = re.compile(
    r"\b(?:nog niet (?:besloten|beslist|zeker)|weten (?:we|wij) nog niet of|de raad (?:beslist|besluit|moet nog)"
    r"|valt in de raad|besluit valt|moet nog (?:besloten|beslist))\b"
)


@dataclass(frozen=True)
class RoomFrame:
    """What a message says about room: something is fixed, something is open, or it is still undecided."""

    fixed: bool
    open: bool
    unknown: bool
    all_open: bool

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
    )
