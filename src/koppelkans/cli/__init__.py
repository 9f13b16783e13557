"""The command line: one command per door. (nl: opdrachtregel)."""

import os

ELSEWHERE = "OGR_VRT,GDALG,HTTP,WFS,OAPIF,OGCAPI,CSW,EEDA,Elasticsearch,Carto,AmigoCloud,PLSCENES,NGW,ADBC,GPSBabel"
"""Drivers of GDAL that read other files and addresses, or start other programs: a process of ours has no use for them."""
os.environ.setdefault("GDAL_SKIP", ELSEWHERE)  # before GDAL is loaded, for only then it listens

from koppelkans.cli.commands import app  # noqa: E402


def main() -> None:
    """Start the command line."""
    app()


__all__ = ["app", "main"]
