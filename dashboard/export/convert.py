"""Conversion of a spreadsheet to the open format, by the office program of the machine."""

from __future__ import annotations

import logging
import shutil
import subprocess
import zipfile

from dashboard.export.scratch import ExportError, open_scratch

log = logging.getLogger(__name__)
OFFICES = ("soffice", "libreoffice")
SECONDS = 60


class ConversionError(ExportError):
    """The file could not be converted; the message says what to do."""


def convert_to_ods(spreadsheet: bytes) -> bytes:
    """Return an xlsx as ods; ExportError where there is no converter, or it fails or takes over a minute."""
    office = next(filter(None, map(shutil.which, OFFICES)), None)
    if office is None:
        raise ConversionError("This server has no LibreOffice to write ods with. Take the xlsx: LibreOffice opens it.")
    with open_scratch() as folder:
        (folder / "table.xlsx").write_bytes(spreadsheet)
        # A profile of its own: two conversions at once would otherwise wait for each other, or fail.
        command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "ods",
                   "--outdir", str(folder), f"{folder}/table.xlsx"]  # fmt: skip
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603 - no word of it comes from a reader
        except subprocess.TimeoutExpired as error:
            log.error("LibreOffice took longer than %s seconds and was ended", SECONDS)
            raise ConversionError("LibreOffice took too long. Try again, or take the xlsx.") from error
        written = folder / "table.ods"
        if done.returncode or not zipfile.is_zipfile(written):  # none, or one cut short by a full disk
            log.error("LibreOffice ended with %s: %s", done.returncode, (done.stderr or done.stdout)[-2000:])
            raise ConversionError("LibreOffice could not convert the file. Take the xlsx: LibreOffice opens it.")
        return written.read_bytes()
