"""Every act of the sheets: name, key, words, where it works, what it does; and which of them stand on a sheet's face.

Most are methods of their own sheet. Those that only read say so; the others are refused on a past day.
"""

from __future__ import annotations

from arterm.tui.acts import ScreenAct

# Sheets that are, or hold, a list of rows.
ROW_SHEETS = (
    "call",
    "ladders",
    "letter_texts",
    "limitation",
    "mail",
    "match",
    "options",
    "partners",
    "pick",
    "rates",
    "text",
    "import",
    "welcome",
)
_LEFT_BY_Q = (
    "ladders",
    "letter_texts",
    "letters",
    "limitation",
    "mail",
    "match",
    "options",
    "partners",
    "pick",
    "rates",
)
_TYPED_INTO = ("call", "form", "import", "plan")  # here q is a letter
_DIGITS = "1,2,3,4,5,6,7,8,9"

SHEET_ACTS: tuple[ScreenAct, ...] = (
    ScreenAct(
        "call.outcome",
        f"{_DIGITS},0",
        "outcome",
        "What came of it",
        ("call",),
        "outcome",
        writes=False,
        numbered=True,
        shown="digits",
    ),
    ScreenAct("call.enter", "enter", "save", "From a field: log the contact", ("call",), "", writes=False),
    ScreenAct("call.save", "ctrl+s", "save", "Log the contact", ("call",), "save"),
    ScreenAct("call.next", "tab", "next field", "To the next field", ("call",), "", writes=False),
    ScreenAct(
        "call.script", "s", "script", "What to say, in the place of what to know", ("call",), "script", writes=False
    ),
    ScreenAct(
        "call.copy", "y", "copy", "Copy the number, for another program to dial", ("call",), "copy", writes=False
    ),
    ScreenAct(
        "call.dial", "o", "dial", "Hand the number to the system's telephone program", ("call",), "dial", writes=False
    ),
    ScreenAct(
        "form.onward",
        "enter",
        "next",
        "The next field; from the last one, save",
        ("form",),
        "onward",
        writes=False,
        priority=True,
    ),
    ScreenAct("form.save", "ctrl+s", "save", "Hand over what stands in the fields", ("form",), "submit", writes=False),
    ScreenAct(
        "form.down", "down", "field", "Another field", ("form",), "step", args=(1,), writes=False, shown="↑ ↓ tab"
    ),
    ScreenAct("form.up", "up", "", "The field before", ("form",), "step", args=(-1,), writes=False),
    ScreenAct(
        "form.choose",
        "left,right",
        "choose",
        "Go through the choices of a field",
        ("form", "plan", "call"),
        "",
        writes=False,
        shown="← →",
    ),
    ScreenAct("editor.save", "ctrl+s", "save", "Keep what is written", ("editor",), "keep", priority=True),
    ScreenAct(
        "editor.back",
        "escape",
        "back",
        "Back; what was written is lost only when asked for twice",
        ("editor",),
        "leave",
        writes=False,
        priority=True,
    ),
    ScreenAct(
        "pick.take",
        _DIGITS,
        "choose",
        "Do one of these",
        ("pick",),
        "take",
        writes=False,
        numbered=True,
        shown="digits",
    ),
    ScreenAct("text.back", "escape,q,enter", "back", "Back", ("text",), "leave", writes=False, priority=True),
    ScreenAct("letters.file", "f", "file", "Write the letters into files", ("letters",), "out", args=("file",)),
    ScreenAct("letters.print", "p", "print", "Put the letters on the printer", ("letters",), "out", args=("print",)),
    ScreenAct(
        "letters.view",
        "v",
        "view",
        "Show the letter in the viewer, unwritten",
        ("letters",),
        "out",
        args=("view",),
        writes=False,
    ),
    ScreenAct("letters.mail", "m", "mail", "Mail the letters, each to its customer", ("letters",), "mail"),
    ScreenAct(
        "letters.picture",
        "i",
        "picture",
        "The page as a picture, page by page, then the words again",
        ("letters",),
        "picture",
        writes=False,
    ),
    ScreenAct("letters.kinds", "k", "kinds", "A letter of another kind to the customer", ("letters",), "kinds"),
    ScreenAct(
        "letters.next", "right,l", "next", "Another letter", ("letters",), "turn", args=(1,), writes=False, shown="←→"
    ),
    ScreenAct("letters.before", "left,h", "", "The letter before", ("letters",), "turn", args=(-1,), writes=False),
    ScreenAct(
        "letters.leave_out",
        "space",
        "out",
        "Leave the letter out of what comes next, or take it in again",
        ("letters",),
        "leave_out",
        writes=False,
    ),
    ScreenAct(
        "letters.went", "y", "yes", "The written letters went out, or will today", ("letters",), "settle", args=(True,)
    ),
    ScreenAct(
        "letters.did_not", "n", "no", "The written letters did not go out", ("letters",), "settle", args=(False,)
    ),
    ScreenAct(
        "letter_texts.open", "enter", "example", "A made-up letter of the kind", ("letter_texts",), "", writes=False
    ),
    ScreenAct("letter_texts.edit", "e", "write", "Write your own text of the kind", ("letter_texts",), "edit"),
    ScreenAct(
        "letter_texts.reset", "r", "as it came", "The text that came with arterm again", ("letter_texts",), "reset"
    ),
    ScreenAct(
        "letter_texts.language",
        "l",
        "language",
        "The texts of the next language",
        ("letter_texts",),
        "language",
        writes=False,
    ),
    ScreenAct("mail.read", "enter", "read", "The message in full", ("mail",), "", writes=False),
    ScreenAct("mail.went", "y", "went", "An unclear message went out", ("mail",), "said", args=(True,)),
    ScreenAct("mail.did_not", "n", "did not", "An unclear message did not go out", ("mail",), "said", args=(False,)),
    ScreenAct("mail.take_out", "x", "take out", "A message that waits does not go", ("mail",), "take_out"),
    ScreenAct("mail.send", "s", "send", "Send everything that waits", ("mail",), "send"),
    ScreenAct("mail.answer", "m", "write", "Write to the customer of the row, in the thread", ("mail",), "answer"),
    ScreenAct("mail.look", "c", "look", "Look into the mailbox for what is new", ("mail",), "look"),
    ScreenAct("mail.turn", "v", "other list", "What goes out, or what came in", ("mail",), "turn", writes=False),
    ScreenAct(
        "plan.save", "ctrl+s", "propose", "Propose the plan, with its agreement", ("plan",), "save", priority=True
    ),
    ScreenAct("plan.next", "tab", "next", "The next field", ("plan",), "", writes=False),
    ScreenAct("plan.down", "down,enter", "", "The next field", ("plan",), "step", args=(1,), writes=False),
    ScreenAct("plan.up", "up", "", "The field before", ("plan",), "step", args=(-1,), writes=False),
    ScreenAct(
        "plan.compare", "f8", "compare", "Every way out, with what it rests on", ("plan",), "compare", writes=False
    ),
    ScreenAct("options.open", "enter", "why", "What the figure of the row rests on", ("options",), "", writes=False),
    ScreenAct("options.why", "w", "why", "What the figure of the row rests on", ("options",), "why", writes=False),
    ScreenAct("options.assume", "e", "assume", "Change what is assumed", ("options",), "assume"),
    ScreenAct("limitation.open", "enter", "dossier", "The customer on one page", ("limitation",), "", writes=False),
    ScreenAct("limitation.why", "w", "why", "What stops the clock, in full", ("limitation",), "why", writes=False),
    ScreenAct(
        "partners.open",
        "enter",
        "change",
        "The partner's terms; a hand-over's report or end",
        ("partners",),
        "",
        writes=False,
    ),
    ScreenAct("partners.add", "a", "add", "A new partner", ("partners",), "add"),
    ScreenAct("partners.review", "r", "review", "Stars and a word for the partner", ("partners",), "review"),
    ScreenAct("partners.remove", "x", "remove", "Take the partner off the list", ("partners",), "remove"),
    ScreenAct(
        "partners.turn", "v", "other list", "Partners, or what was handed over", ("partners",), "turn", writes=False
    ),
    ScreenAct(
        "ladders.open", "enter", "open", "The steps of the ladder; of a step, its form", ("ladders",), "", writes=False
    ),
    ScreenAct("ladders.add", "a", "add", "A new ladder, or a step after the last", ("ladders",), "add"),
    ScreenAct(
        "ladders.drop", "x", "take out", "Take the step out; of a ladder, what you made of it", ("ladders",), "drop"
    ),
    ScreenAct("ladders.reset", "r", "as it came", "The steps of the ladder as they came", ("ladders",), "reset"),
    ScreenAct("rates.add", "a", "add", "A rate that was published since", ("rates",), "add"),
    ScreenAct("match.book", "enter", "book it", "Book the receipt as the row suggests", ("match",), "", writes=False),
    ScreenAct(
        "match.take",
        _DIGITS,
        "book it",
        "Book the receipt as that row suggests",
        ("match",),
        "take",
        numbered=True,
        shown="digits",
    ),
    ScreenAct(
        "match.next", "right,l", "next", "Another receipt", ("match",), "turn", args=(1,), writes=False, shown="←→"
    ),
    ScreenAct("match.before", "left,h", "", "The receipt before", ("match",), "turn", args=(-1,), writes=False),
    ScreenAct("match.customer", "c", "customer", "Say whose it is, and for which invoices", ("match",), "customer"),
    ScreenAct("match.ignore", "i", "not theirs", "It is no customer's money", ("match",), "ignore"),
    ScreenAct("match.wrong", "x", "wrong", "The suggestion is wrong, and is not made again", ("match",), "wrong"),
    ScreenAct("match.certain", "a", "certain", "Book all that is certain", ("match",), "certain"),
    ScreenAct(
        "import.look", "enter", "look at it", "Read the files; nothing is written yet", ("import",), "", writes=False
    ),
    ScreenAct(
        "import.commit", "ctrl+s", "bring in", "Bring in what was looked at", ("import",), "commit", args=(False,)
    ),
    ScreenAct("import.good", "f8", "only good", "Bring in only the good rows", ("import",), "commit", args=(True,)),
    ScreenAct("import.map", "m", "columns", "Say which column holds a field", ("import",), "map"),
    ScreenAct("import.vanished", "f9", "gone", "What is gone from the list was paid", ("import",), "vanished"),
    ScreenAct(
        "welcome.take",
        "1,2,3",
        "choose",
        "Begin in one of these ways",
        ("welcome",),
        "take",
        writes=False,
        numbered=True,
        shown="digits",
    ),
    ScreenAct("welcome.quit", "q,escape", "leave", "Out: nothing was made", ("welcome",), "quit_app", writes=False),
    ScreenAct("keys.back", "escape", "back", "Back", ("keys",), "leave", writes=False, priority=True),
    ScreenAct(
        "keys.down",
        "down",
        "move",
        "Another row, while words may be typed",
        ("keys", "palette"),
        "move",
        args=(1,),
        writes=False,
        priority=True,
        shown="↑ ↓",
    ),
    ScreenAct(
        "keys.up", "up", "", "The row above", ("keys", "palette"), "move", args=(-1,), writes=False, priority=True
    ),
    ScreenAct(
        "keys.page_down", "pagedown", "", "A page down", ("keys",), "page", args=(1,), writes=False, priority=True
    ),
    ScreenAct("keys.page_up", "pageup", "", "A page up", ("keys",), "page", args=(-1,), writes=False, priority=True),
    ScreenAct(
        "palette.take",
        "enter",
        "do it",
        "Do the act, or open the customer",
        ("palette",),
        "take",
        writes=False,
        priority=True,
    ),
    ScreenAct("palette.back", "escape,ctrl+p", "back", "Back", ("palette",), "leave", writes=False, priority=True),
    ScreenAct("sheet.back", "escape,q", "back", "Back", _LEFT_BY_Q, "leave", writes=False),
    ScreenAct(
        "entry.back",
        "escape",
        "back",
        "Back; what was typed is lost only when asked for twice",
        _TYPED_INTO,
        "leave",
        writes=False,
    ),
    ScreenAct(
        "sheet.close",
        "ctrl+q",
        "leave",
        "Close arterm; everything is saved",
        ("pick", "text"),
        "shell.close",
        writes=False,
    ),
    ScreenAct(
        "sheet.keys",
        "question_mark,f1",
        "keys",
        "Every key that works here; where ? is a letter, f1",
        (*_LEFT_BY_Q, *_TYPED_INTO, "editor", "text", "welcome"),
        "help.show_keys",
        writes=False,
        shown="? f1",
    ),
)

# What stands at the foot of a sheet, or of its other list: {act} its key and words, {act|words} other words there.
FACES = {
    "call": " digit or enter: what came of it   {script}   {copy|copy number}   {dial}   {back}",
    "call.fields": " {enter}   {next}   {back|another outcome}",
    "editor": " {save}   {back}",
    "form": "{onward} · {save} · {back}",
    "import": " {look}   {back}",
    "import.seen": " {commit}   {good|only the good rows}   {map|another column}   {vanished|gone is paid}   {back|}",
    "keys": "↑ ↓ and page keys for more · {back}",
    "ladders": " {open|shows its steps}   {add|adds}   {drop|takes out}   {back}",
    "ladders.steps": " {open|changes the step}   {add|adds}   {drop|takes out}   {reset}   {back}",
    "letter_texts": " {open|shows a letter}   {edit|write your own}   {reset}   {language|next language}   {back}",
    "letters.one": " {file}  {print}  {view}  {mail}  {picture}  {kinds}  {back|}",
    "letters.many": " {file}  {print}  {view}  {mail}  {picture}  {kinds}  {next|}  {leave_out}  {back|}",
    "letters.asked": "{went}  {did_not}  {back|later}",
    "letters.asked_many": "{went}  {did_not}  {back|later}  {next|}  {leave_out}",
    "letters.none": " {kinds|another kind}   {back}",
    "letters.nobody": " {back}",
    "letters.writing": "{back|stops}",
    "limitation": " {open}   {why|what stops the clock}   {back}",
    "mail": " {read}  {went}  {did_not}  {take_out}  {send}  {look}  {turn|came in}  {back|}",
    "mail.in": " {read}   {answer}   {look|look for new}   {turn|what went out}   {back|}",
    "match": " {book}   {next}   {customer}   {ignore}   {wrong}   {certain|all certain}   {back|}",
    "options": " {why|why this figure}   {assume|change what is assumed}   {back}",
    "partners": " {open}   {add}   {review}   {remove}   {turn|handed over}   {back}",
    "partners.given": " {open|report, end}   {turn|partners}   {back}",
    "plan": " {save|propose it, with its agreement}   {next}   {compare|every way out}   {back}",
    "rates": " {add|adds one that was published since}   {back}",
    "text": "{back}",
    "welcome": "A digit or enter chooses · {quit|leaves}",
}
