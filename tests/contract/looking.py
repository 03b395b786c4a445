"""Chains that only look: the board, dossiers, the worklist, reports, claims, of the demo book and of an empty one."""

from __future__ import annotations

from tests.contract.chain import Chain

LOOKING = {
    "board": Chain(
        book="demo",
        lines="""
        --plain
        board
        board --json --limit 4
        board --all --limit 6
        board --all --limit 3 --json
        board --bucket current --all --limit 3
        board --bucket 90+ --json --limit 2
        = board --customer "Café Zuid"
        board --customer K033
        board --filter zuid --sort late
        board --sort priority --limit 3
        board --sort amount --limit 3
        board --sort customer --limit 3
        board --sort step --limit 3
        board --sort number --limit 3
        board --filter "nothing like it"
        = board --limit 0
        board --plain --limit 2
        --json --today 2026-11-23 board --limit 1
        board --today 2026-08-31 --limit 5
        board --today "31 aug"
        = board --customer Nobody
        = board --customer Café
        board --bucket 100
        board --sort colour
        board --limit -1
        board --book nowhere.arterm
        board --book postgresql://me:secret@server/book --json
        day: 2026-12-20
        board --limit 5
        board --json --limit 1
        """,
    ),
    "dossiers": Chain(
        book="demo",
        lines="""
        = show "Café Zuid"
        show "Jan Peeters"
        = show 2026-0242
        show 2026-0138
        show 2026-0265 --json
        show "Ham & Eggs Ltd"
        show Café
        = show nothing-like-it
        = customer show K001
        invoice show 2026-0181
        customer list
        customer list --archived
        = contact list "Café Zuid"
        = contact show 2
        contact show 999
        = credit list "Traiteur Mertens"
        = credit show 3
        credit show 9999
        credit list "Van Damme Catering NV"
        = plan list
        plan list "Jan Peeters" --json
        = plan show 1
        plan show 2
        plan show 99
        = offer list
        offer list "Sofie De Smet"
        = offer show 1
        offer show 99
        terms show "Café Zuid" --json
        history --limit 12
        history --limit 3 --json
        history "Jan Peeters"
        history 2026-0242
        history nothing-like-it
        """,
    ),
    "worklist": Chain(
        book="demo",
        lines="""
        = today
        today --today 2026-08-03
        = limitation
        = limitation --within 1500
        = calls "Café Zuid"
        calls "Jan Peeters"
        calls "Claire Martin"
        calls "Basisschool De Regenboog" --json
        = check "Café Zuid"
        check "Hostel Uppelink" --amount 250
        = standing show "Traiteur Mertens"
        = options "Café Zuid"
        options 2026-0242 --try call_chance=70
        options "Van Damme Catering NV" --currency GBP
        options "Ham & Eggs Ltd"
        options Nobody
        options "Café Zuid" --try call_chance
        options "Café Zuid" --try colour=1
        = claim 2026-0242
        claim 2026-0242 --as-of 2026-12-15 --reminded 2026-08-01:email
        claim 2026-0215
        claim 2026-0213
        claim 2026-9999
        = notices
        = notices --due
        notices show "Café Zuid"
        = notices show "Wijnbar Druif"
        day: 2027-02-01
        today
        """,
    ),
    "reports": Chain(
        book="demo",
        lines="""
        report ageing
        report ageing --format csv
        report ageing --json
        report ageing --format json --customer "Café Zuid"
        report ageing --as-of 2026-08-31 --currency GBP
        report dso
        report dso --format csv
        report dso --format json
        report dso --without-disputed --compare quarter --days 60
        report forecast
        report forecast --format csv --days 30
        report forecast --json --days 14
        report forecast --customer "WZC Avondrust" --days 30
        report statement
        report statement --format csv --customer "Traiteur Mertens"
        report statement --json --customer "Traiteur Mertens"
        report statement --customer "Jan Peeters" --days 200
        report effectiveness
        report effectiveness --format csv
        report effectiveness --json
        report behaviour
        report behaviour --format csv
        report behaviour --json --customer "Café Zuid"
        report behaviour --customer "Van Damme Catering NV" --compare month
        report ageing --format pdf
        report ageing --format xlsx
        report ageing --format pdf --out ageing.pdf
        report dso --format xlsx --out dso.xlsx --json
        report forecast --format csv --out forecast.csv
        report forecast --format csv --out forecast.csv
        report effectiveness --out effectiveness.txt
        = report colour
        report ageing --currency XYZ
        report ageing --as-of "30 feb"
        report ageing --compare week
        report ageing --format docx
        report ageing --days x
        """,
    ),
    "claims": Chain(
        # Without a book: every fact is said.
        lines="""
        = claim --jurisdiction GB --debtor business --principal 5000 --currency GBP --due 2025-06-30 --as-of \
            2025-09-30
        claim --jurisdiction GB --debtor business --principal 5000 --currency GBP --due 2025-06-30 --as-of \
            2025-09-30 --paid 2000@2025-07-31
        claim --jurisdiction GB --debtor business --principal 5000 --currency GBP --due 2025-06-30 --as-of \
            2025-09-30 --contract-rate 4
        claim --jurisdiction BE --debtor consumer --principal 400 --currency EUR --due 2025-08-31 --as-of 2025-09-24 \
            --reminded 2025-09-10:email
        claim --jurisdiction BE --debtor consumer --principal 400 --currency EUR --due 2025-08-31 --as-of 2025-09-24 \
            --reminded 2025-09-10 --json
        claim --jurisdiction BE --debtor consumer --principal 400 --currency EUR --due 2025-08-31 --as-of 2026-01-31 \
            --reminded 2025-09-10:email --costs-clause --contract-rate 8
        claim --jurisdiction BE --debtor consumer --principal 400 --currency EUR --due 2025-08-31 --as-of 2026-01-31 \
            --reminded 2025-09-10:post --small-creditor
        claim --jurisdiction BE --debtor business --principal 1210.50 --currency EUR --received 2026-03-01 --as-of \
            2026-11-24 --costs-clause --json
        claim --jurisdiction NL --debtor consumer --principal 900 --currency EUR --due 2026-05-01 --as-of 2026-08-01 \
            --reminded 2026-06-01
        claim --jurisdiction NL --debtor consumer --principal 900 --currency EUR --due 2026-05-01 --as-of 2026-08-01 \
            --reminded 2026-06-01 --collection-work --json
        claim --jurisdiction NL --debtor business --principal 9000 --currency EUR --due 2026-05-01 --as-of \
            2026-11-01 --collection-work
        claim --jurisdiction DE --debtor business --principal 750 --currency EUR --due 2026-02-01 --as-of 2026-11-24 \
            --not-agreed
        claim --jurisdiction DE --debtor consumer --principal 750 --currency EUR --due 2026-02-01 --as-of 2026-11-24 \
            --not-agreed --reminded 2026-03-01
        = claim --jurisdiction FR --debtor business --principal 750 --currency EUR --due 2026-02-01 --as-of 2026-11-24
        claim --jurisdiction GB --debtor consumer --principal 750 --currency GBP --due 2026-02-01
        claim --jurisdiction BE --debtor business --principal 400 --currency EUR --due 2026-08-31 --as-of 2027-03-01
        = claim --jurisdiction PL --debtor business --principal 1 --currency PLN --due 2026-01-01
        claim --jurisdiction GB --debtor business --principal 1 --currency EUR --due 2026-01-01
        claim --jurisdiction GB --debtor business --principal -1 --currency GBP --due 2026-01-01
        claim --jurisdiction GB --debtor business --principal 1 --currency GBP --due 2027-01-01
        claim --jurisdiction GB --debtor business --principal 1 --currency GBP
        claim --jurisdiction GB --debtor business --principal 1 --currency GBP --due 2026-01-01 --paid 5
        claim --jurisdiction GB --debtor business --principal 1 --currency GBP --due 2026-01-01 --reminded \
            2026-02-01:pigeon
        claim
        claim --debtor somebody
        """,
    ),
    "nothing-yet": Chain(
        # Before there is a book, and while nothing stands in it.
        lines="""
        = board
        today
        --plain
        doctor
        settings list
        --version
        setup --name Shop
        setup --country BE
        = setup --name Shop --country Atlantis
        board --json
        setup --name Shop --country BE --logo nowhere.png
        board
        setup --name Shop --country Belgium --street "Molenstraat 27" --postcode 9000 --city Gent --language nl \
            --currency EUR --iban "BE68 5390 0754 7034" --bic KREDBEBB --vat BE0403170701 --mail shop@example.com \
            --phone "+32 9 555 01 02"
        setup --name Winkel --json
        = board
        = today
        = notices
        = plan list
        = offer list
        = partner list
        = customer list
        = match
        = mail list
        = mail inbox
        = mail runs
        = handover --list
        = limitation
        = hold --list
        = privacy over
        report ageing
        report dso
        report forecast
        report statement
        report effectiveness
        report behaviour
        = undo --list
        = undo
        = history
        = doctor
        rates list --jurisdiction BE --since 2026-01-01
        """,
    ),
    "refused": Chain(
        # Words that are no command, and values that cannot be.
        lines="""
        nonsense
        board --colour
        show
        pay --amount
        claim --principal
        plan
        plan quote
        credit
        customer
        contact
        invoice
        partner
        standing
        terms
        rates
        ladder
        privacy
        secret
        log Zuid --channel pigeon --outcome promise
        log Zuid --channel call --outcome nonsense
        match --line x
        notices write
        notices write --out d --step 0
        texts use
        export
        completion fish
        mail settle 1
        mail settle 1 --sent --not-sent
        setup --name
        """,
    ),
}
