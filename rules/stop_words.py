"""Words too common to look for: those that MySQL leaves out of its full-text search."""

_WORDS = (
    "a about an are as at be by com de en for from how i in is it la of on or that the this to was what"
    " when where who will with und www"
)
STOP_WORDS = frozenset(_WORDS.split())
