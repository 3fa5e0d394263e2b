"""Practising a hard conversation: a resident who answers, and a coach who explains. Standard library only, no clock.

The way of one message:

    TaggedMessage ─ reading ─→ Deeds ─ effects ─→ Mood ─ reply ─→ what the resident says
                                  └──── coach ─→ a cue, a hint; skills and debrief afterwards
"""
