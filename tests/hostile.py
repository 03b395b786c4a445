"""Names and notes that try to be something else than text."""

from __future__ import annotations

MARKUP = (
    "[@click=app.quit]Evil[/]",
    "Acme [/]",
    "[/b] Acme",
    "ACME [UK] Ltd",
    "[link=file:///etc]x",
    "[bold",
    "[a='b",
    "[on black black]hidden[/]",
    "back\\[slash",
    "$name ${x}",
    "{0.__class__} {total}",
    "<b>Acme</b> & <img src=x>",
    "=cmd|' /C calc'!A0",
    "=?utf-8?q?x=0ABcc:_e@x?=",
    "../../etc/passwd",
    ":smiley: [red]x[/red]",
)
CONTROL = (
    "Esc \x1b]0;PWNED\x1b\\ Ltd",
    "Clear \x1b[2J",
    "C1 \x9b31m",
    "Bidi \u202egnp.exe",
    "Zero\u200bwidth",
    "Nul\x00byte",
    "Bell\x07",
    "Tag\U000e0041s",
    "Tab\there\nline",
    "Marks e" + "\u0301" * 200,
)
WIDE = ("株式会社さくら", "Пекарня Ржаной", "Καφέ Ζεύς", "Cake 🎂 Shop", "Łódź Żółć")
ALL = MARKUP + CONTROL + WIDE
