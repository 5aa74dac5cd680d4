"""What a feed says of the site it comes from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Site:
    """`root` is the site's address without a slash at its end; `notice` the one sentence, or ""."""

    root: str
    name: str
    notice: str = ""

    def url(self, path: str) -> str:
        """The absolute address of a path that begins with a slash."""
        return f"{self.root}{path}"
