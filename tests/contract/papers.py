"""Chains about paper and mail: reminders, every kind of letter, texts, e-mail, secrets, partners and hand-overs."""

from __future__ import annotations

from tests.contract.chain import Chain

PAPERS = {
    "notices": Chain(
        book="shop",
        lines="""
        = notices
        = notices --due
        notices show "Van Damme"
        notices show "Jan Peeters" --json
        notices show Nobody
        notices write --customer "Van Damme" --step 3 --out letters --json
        notices write --customer "Van Damme" --out letters
        # A letter for which no typeface is there is left out, and the others are written.
        customer add "𓀀 Ltd" --kind business --country GB
        invoice add R50 --customer "𓀀 Ltd" --amount 10 --issued 2026-09-01 --due 2026-10-01
        notices write --out drafts --draft --one-file
        notices write --out drafts
        notices write --customer "𓀀 Ltd" --out letters --json
        invoice void R50
        notices
        = notices show 2
        notices show 99
        notices save 1 2 --out again --json
        notices save 1 2 --out again/both --one-file
        notices save 99 --out again
        notices confirm 2 3 --json
        notices confirm 99
        notices discard 4
        notices discard 4 --json
        notices confirm 4
        = notices print 1
        notices write
        undo
        board
        day: 2026-12-10
        notices
        notices write --out letters
        day: 2027-01-05
        notices --due --json
        notices write --out letters --approve
        claim R1
        claim R3
        board
        day: 2027-01-25
        notices write --out letters --approve --json
        show R1
        today
        show R4
        day: 2027-02-10
        ladder add short
        ladder step short 1 --days 1 --channel act --act freeze
        ladder step short 2 --days 3 --channel act --act handover --approval yes
        invoice add R60 --customer "Ham & Eggs Ltd" --amount 700 --issued 2027-01-01 --due 2027-01-15
        ladder choose R60 short
        = today
        notices write --out letters
        ladder done R60
        day: 2027-02-15
        today
        ladder done R60 --json
        show R60
        hold --list
        doctor
        """,
    ),
    "letters": Chain(
        book="shop",
        lines="""
        letter promise "Van Damme"
        log "Van Damme" --channel call --outcome promise --promise 300@fri --invoice R2
        = letter promise "Van Damme"
        letter agreement "Van Damme" --parts 4 --first 2026-12-31 --every 2weeks --deposit 100 --grace 5 \
            --no-acceleration --interest
        letter agreement "Greta Klein" --first 2026-12-31 --out letters
        letter agreement "Van Damme"
        = letter settlement "Jan Peeters" --amount 60 --until 2026-12-10 --invoice R3
        letter settlement "Jan Peeters" --amount 600 --until 2026-12-10
        letter more-time "De Hoek BV" --until 2026-12-31 --interest
        letter more-time "De Hoek BV" --until 2026-01-31
        letter breach "Nord GmbH" --amount 500 --until 2026-11-01 --since 2026-10-01
        letter breach "Nord GmbH" --amount 500 --until 2026-12-01 --since 2026-10-01
        letter suspended "Van Damme"
        letter suspended "Nord GmbH" --since 2026-11-20
        letter reinstated "Van Damme"
        letter handover "Van Damme" --to "Incasso BV"
        = letter statement "Van Damme" --since 2026-01-01
        letter statement "Van Damme" --items
        letter statement "Ham & Eggs Ltd" --currency gbp
        letter receipt "Jan Peeters"
        pay R3 --amount 50
        letter receipt "Jan Peeters"
        pay R3
        = letter reinstated "Jan Peeters" --since 2026-11-20
        letter copies "Greta Klein"
        letter courtesy "Van Damme" --until 2026-12-31
        letter courtesy "Greta Klein" --until 2026-12-31
        letter instalment "Van Damme" --amount 100 --until 2026-12-15
        letter copies "Piet Bakker" --invoice R5 --out letters --draft --json
        letter copies "Piet Bakker" --invoice R4
        letter copies Nobody
        letter copies
        letter colour "Van Damme"
        letter statement --all
        letter copies --all --out letters
        letter statement --all --out statements --items --since 2026-01-01
        letter statement --all --out statements --draft --json
        letter statement "Van Damme" --mail
        notices
        hold "Nord GmbH" --why late --but-for prepaid
        letter suspended "Nord GmbH" --out letters
        settings set layout=din-b reference=ogm pay_link=https://pay.example/{reference} signer=Els \
            "ways=By card on the telephone."
        letter copies "Van Damme"
        settings set reference=rf
        letter copies "Nord GmbH"
        notices write --customer "De Hoek BV" --out letters
        letter handover "De Hoek BV" --to "Incasso BV" --out letters --json
        """,
    ),
    "texts": Chain(
        book="shop",
        files={
            "friendly.nl.txt": "Nonsense that is no text of a letter {colour}\n",
            "odd.txt": "x\n",
            "notes.txt": b"\xff\xfe\x00",
        },
        lines="""
        texts
        = texts --language nl
        texts --language xx
        texts show second
        texts show second --language de --json
        texts show nonsense
        texts show second --out second.en.txt
        texts show second --out second.en.txt
        texts show be-first --language fr
        texts show nl-14 --language nl
        texts show before-action --language en
        texts show mahnung --language de
        texts preview second
        texts preview demand --language fr --json
        texts preview second --file second.en.txt
        texts preview second --language de --out page.pdf
        texts preview nonsense
        texts use second.en.txt --json
        texts
        texts use friendly.nl.txt
        texts use odd.txt
        texts use odd.txt --kind friendly --language nl
        texts use notes.txt --kind friendly --language nl
        texts use nowhere.en.txt
        texts reset second --json
        texts reset second --language en
        texts reset nonsense
        history --limit 4
        """,
    ),
    "mail": Chain(
        book="shop",
        post=True,
        lines="""
        mail test
        send --due
        send
        secret show mail
        stdin: correct horse
        secret set mail
        = secret show mail
        secret show inbox
        secret show nonsense
        secret clear inbox --json
        stdin: x
        secret set nonsense
        settings set mail_host=127.0.0.1 mail_port={port} mail_tls=implicit mail_ca={ca} --json
        mail test
        mail test --json
        = send --due --dry-run
        send --customer "Nord GmbH" --dry-run
        send --due --json
        send --due --approve --any-hour
        notices send --due
        notices send --due --dry-run --approve --any-hour --customer "Van Damme" --json
        mail
        = mail list
        mail list --state sent --customer "Van Damme"
        mail list --state colour
        = mail show 1
        mail show 1 --out first.eml
        mail show 1 --out first.eml
        mail show 99
        mail cancel 1
        mail cancel 99 --json
        mail settle 1 --sent
        mail settle 1 --not-sent --json
        mail settle --sent
        mail settle --look
        mail write "Van Damme" --subject "As agreed" --text "You pay on Friday." --json
        stdin: From standard input.
        mail write "De Hoek BV" --subject "As agreed"
        mail write "Nord GmbH" --subject Hello --text "No address."
        mail write "Van Damme" --text x
        letter copies "De Hoek BV" --mail
        letter statement --all --mail
        hold "De Hoek BV" --why late --mail
        release "De Hoek BV" --mail
        customer courtesy "Van Damme" 30
        send --due --dry-run
        send --due
        = mail runs
        mail inbox
        mail inbox --all --json
        mail read 1
        mail check --json
        mail login --json
        = undo
        undo --past-mail
        show "Van Damme"
        history --limit 6
        secret clear mail
        secret clear mail
        send --due
        secret show mail
        settings set mail_host=
        send --due
        doctor
        """,
    ),
    "mail-elsewhere": Chain(
        # No server answers, and nobody wrote in.
        book="shop",
        lines="""
        settings set mail_host=127.0.0.1 mail_port=1 mail_auth=none
        mail test
        send --due --json
        mail list
        mail cancel 1
        mail cancel 2 3 --json
        mail show 1
        mail list --state planned
        settings set mail_host=no-such-host.invalid
        settings set "mail_host=a b"
        settings set mail_hours=18-8
        settings set mail_hours=10-12
        send --due
        settings set mail_auth=google
        mail login
        settings set alert_mail=yes mail_alone=none mail_tones=none
        send --due --any-hour
        mail runs
        doctor --json
        """,
    ),
    "mail-unclear": Chain(
        # The server hangs up after the first mail, and nobody knows whether it went.
        book="shop",
        post=True,
        hangs_up=1,
        lines="""
        stdin: correct horse
        secret set mail --json
        settings set mail_host=127.0.0.1 mail_port={port} mail_tls=implicit mail_ca={ca}
        send --due
        = mail list --state unclear
        send --due --json
        doctor
        mail settle 1 --not-sent
        send --due
        mail list
        mail settle 9 --sent --json
        undo
        """,
    ),
    "partners": Chain(
        book="shop",
        files={"r1.pdf": b"%PDF-1.4 invoice", "terms.pdf": b"%PDF-1.4 terms"},
        lines="""
        = partner add "Incasso BV" --kind agency --model no_cure_no_pay --rates "0:15 180:25" --least 100 --oldest \
            900 --days 45 --contact Ria --mail ria@incasso.example --phone "+32 9 555 20 20" --address \
            "Kouter 1, Gent" --area Belgium --languages "nl fr" --note "quick" --disputed-too
        partner add "Factor NV" --kind factor --model percent --rates 3 --advance 80 --no-recourse --flat 25
        partner add "Mr. Bemiddelaar" --kind mediator --model flat --flat 150
        partner add "Meester De Wit" --kind attorney --model percent --rates 10 --json
        partner add "Incasso BV" --kind agency
        partner add X --kind baker
        partner add X --kind agency --rates x
        partner add X --kind agency --rates 5 --mail nowhere
        partner edit Incasso --name "Incasso Gent BV" --kind agency --no-disputed-too --recourse --days 30 --json
        partner edit "Meester De Wit" --model percent --rates 12 --flat 20 --least 50 --oldest 2000 --advance 0 \
            --contact Wim --mail wim@dewit.example --phone "+32 9 555 20 21" --address "Kouter 2, Gent" --area Gent \
            --languages nl --note "dear"
        partner edit Nobody --days 3
        = partner list
        partner list --kind factor
        partner list --kind baker
        = partner show Incasso
        partner show Nobody
        partner review Incasso --stars 4 --note "they call back" --json
        partner review Incasso --stars 9
        attach R1 r1.pdf
        terms accept "Van Damme" --version 2026-01 --accepted 2026-07-01 --document terms.pdf
        log "Van Damme" --channel call --outcome refuses --note "says no"
        notices write --customer "Van Damme" --out letters
        = handover R1 --to Incasso --dry-run
        handover R10 --to Incasso --dry-run
        handover R4 --to Factor --dry-run
        handover R1 --to Incasso
        handover R1 --out case.zip
        handover R1 --to Nobody --out case.zip
        handover R99 --to Incasso --out case.zip
        handover R1 R4 --to Incasso --out case.zip
        handover R10 --to Incasso --out case.zip --json
        handover R1 R2 --to Incasso --out case.zip --note "all of it"
        handover R1 --to Incasso --out again.zip
        = handover --list
        handover
        handover --file 1 --out again.zip --json
        handover --file 1
        handover --file 99 --out other.zip
        board
        handover --report 1 --received 400 --cut 60 --on 2026-11-24 --note "first part" --json
        handover --report 1 --received 99999
        handover --report 99 --received 1
        show R1
        handover R4 --to Factor --out factor.zip --json
        handover --report 2 --received 500 --by-customer
        handover R5 --to Bemiddelaar --out mediation.zip
        handover --end 3 --agreed
        handover --accept 3 --on 2026-11-24 --meets 2026-12-10 --json
        handover --accept 1
        handover --end 3 --agreed --parts 3
        handover --end 3 --agreed --parts 3 --first +30 --outcome "three parts"
        plan list
        handover R6 --to Bemiddelaar --out second.zip
        handover --accept 4
        handover --end 4 --not-agreed --outcome "they never came" --json
        handover --end 1
        handover --end 1 --outcome "paid in part"
        handover --end 1 --outcome again
        handover --end 2 --recourse --outcome "came back" --json
        = handover --list
        partner list --json
        partner show Incasso
        options "Van Damme"
        partner remove "Meester De Wit" --json
        partner remove "Meester De Wit"
        show "Van Damme"
        today
        undo
        history --limit 10
        doctor
        """,
    ),
}
