"""What is said of the tables that are the owner's own: settings, and how and from where files were read."""

from __future__ import annotations

from typing import Final

from arterm.store.catalogue.table import Export, Nobody, Table
from arterm.store.models.book import Profile, Setting, SourceFile

_OWNERS = Nobody("the owner's own choice for the whole book")
_READING = Nobody("how and from where files were read, not whom they tell of")

TABLES: Final = (
    Table(
        Setting,
        customer=_OWNERS,
        invoice=_OWNERS,
        export=Export("settings", "key value", left_out={"id": "its key names it"}, order="key"),
        erase="the owner's own",
    ),
    Table(
        Profile,
        customer=_READING,
        invoice=_READING,
        export=Export("file_profiles", "id name shape mapping"),
        erase="names of columns, chosen by the owner",
    ),
    Table(
        SourceFile,
        customer=_READING,
        invoice=_READING,
        export=Export("files_imported", "id name sha256 kind"),
        erase="the names that the owner's files had",
    ),
)
