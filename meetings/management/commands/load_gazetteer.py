"""Builds the embedded gazetteer."""

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from meetings.gazetteer.build import build


class Command(BaseCommand):
    """Once a machine; again after an upgrade, when it does nothing unless the data changed."""

    help = "Build the gazetteer: the towns, post codes and countries that searches know without a network."
    # It must run where the checks complain that the file is missing.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="Build it anew even if it is up to date.")

    def handle(self, *args: Any, force: bool = False, **options: Any) -> None:
        path: Path = settings.GAZETTEER_PATH
        began = time.monotonic()
        try:
            built = build(path, force=force, say=self.stdout.write)
        except OSError as error:
            raise CommandError(
                _("Cannot write the gazetteer to %(path)s (%(why)s). Set GAZETTEER_PATH to a place that can.")
                % {"path": path, "why": error.strerror}
            ) from error
        if not built:
            self.stdout.write(_("The gazetteer at %(path)s is up to date.") % {"path": path})
            return
        self.stdout.write(
            _("The gazetteer is at %(path)s: %(size)d MB, built in %(seconds)d s.")
            % {
                "path": path,
                "size": path.stat().st_size // 1_000_000,
                "seconds": time.monotonic() - began,
            }
        )
