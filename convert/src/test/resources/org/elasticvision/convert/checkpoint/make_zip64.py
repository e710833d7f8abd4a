#!/usr/bin/env python3
"""Writes zip64.pth.tar: zip.pth.tar with its sizes and offsets in zip64 fields, as in files of over 4 GiB."""
import zipfile

zipfile.ZIP64_LIMIT = 0
with zipfile.ZipFile('zip.pth.tar') as source, zipfile.ZipFile('zip64.pth.tar', 'w', zipfile.ZIP_STORED) as target:
    for name in source.namelist():
        target.writestr(zipfile.ZipInfo(name), source.read(name))
