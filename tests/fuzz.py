"""Foreign files against a fuzzer that watches which lines run: `python -m tests.fuzz FORMAT [--runs N]`, or all
formats.

Needs `pip install -e '.[test,fuzz]'`. Whatever bytes come, a file is read or refused (ArtermError); anything else ends
the run with the bytes that did it.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from arterm.rules.errors import ArtermError
from arterm.rules.number_style import COMMA

FORMATS = (
    "bank-table",
    "camt",
    "cii",
    "coda",
    "fatturapa",
    "ledger",
    "mt940",
    "ofx",
    "pdf",
    "qif",
    "ubl",
    "xlsx",
    "zip",
)
ROOM = "arterm.formats"  # what is watched: it must not be imported before the fuzzer is


def seeds() -> dict[str, tuple[str | bytes, ...]]:
    """By format, files to begin with."""
    from tests.formats.test_einvoices import body, cii, fattura, in_pdf, ubl
    from tests.formats.test_statements import DETAIL, camt, coda, mt940, ntry, zipped
    from tests.formats.test_tables import sheet

    return {
        "camt": (camt(ntry("100.00", details=DETAIL)),),
        "mt940": (
            mt940(":61:2611021102C100,00NTRFNONREF//B", ":86:166?20SVWZ+nota 7?31DE02120300000000202051?32Muster"),
        ),
        "ofx": (
            "OFXHEADER:100\n\n<OFX><CURDEF>EUR"
            "<STMTTRN><DTPOSTED>20261102<TRNAMT>10.00<NAME>A</STMTTRN></BANKTRANLIST></OFX>",
        ),
        "qif": ("!Type:Bank\nD11/02/2026\nT10.00\nPA. Klant\nMnota 7\n^\n",),
        "coda": (coda(),),
        "bank-table": ("Date,Amount,Currency,Counterparty name,Description\n2026-11-02,10.00,EUR,A,nota 7\n",),
        "ledger": ("Invoice,Customer,Date,Due,Amount\nR1,Acme,2026-09-01,2026-10-01,100.00\n",),
        "ubl": (ubl(),),
        "fatturapa": (fattura(body("1")),),
        "cii": (cii(), cii("381", terms="14 Tage")),
        "pdf": (in_pdf(cii()),),
        "xlsx": (
            sheet([["Invoice", "Customer", "Date", "Due", "Amount"], ["R1", "Acme", "2026-09-01", "2026-10-01", 100]]),
        ),
        "zip": (zipped(a=b"Invoice,Customer,Date,Due,Amount\nR1,Acme,2026-09-01,2026-10-01,100.00\n"),),
    }


def one_format(name: str, runs: int) -> None:
    """Fuzz one format in this process; does not come back."""
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=[ROOM]):
        from arterm.formats.detect import read_any
        from arterm.formats.tables.column_mapping import ReadingHabits
    habits = ReadingHabits("EUR", COMMA, month_first=False, today=date(2026, 11, 22))

    def attempt(content: bytes) -> None:
        with contextlib.suppress(ArtermError):
            read_any(content, "file", habits)

    with tempfile.TemporaryDirectory() as folder:
        for n, text in enumerate(seeds()[name]):
            (Path(folder) / str(n)).write_bytes(text.encode() if isinstance(text, str) else text)
        atheris.Setup(
            [sys.argv[0], f"-runs={runs}", "-max_len=8192", "-timeout=10", "-rss_limit_mb=2048", folder], attempt
        )
        atheris.Fuzz()


def main() -> int:
    """Every format named (else all), each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("format", nargs="?", choices=FORMATS)
    parser.add_argument("--runs", type=int, default=100_000)
    said = parser.parse_args()
    if said.format:
        one_format(said.format, said.runs)
        return 0
    ends = {
        name: subprocess.run([sys.executable, "-m", "tests.fuzz", name, f"--runs={said.runs}"], check=False).returncode
        for name in FORMATS
    }
    print(
        "\n".join(f"{name:<12} {'nothing found' if not code else f'ended with {code}'}" for name, code in ends.items())
    )
    return int(any(ends.values()))


if __name__ == "__main__":
    sys.exit(main())
