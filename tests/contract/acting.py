"""Chains that write by hand: the shop to begin with, customers, money, calls, ladders, plans, offers, supply."""

from __future__ import annotations

from tests.contract.chain import Chain

ACTING = {
    # The book that other chains begin with: businesses and consumers in three countries, and what they owe.
    "shop": Chain(
        lines="""
        day: 2026-11-20
        setup --name Shop --country BE --language en --street "Molenstraat 27" --postcode 9000 --city Gent --iban \
            BE68539007547034 --mail shop@example.com --phone "+32 9 555 01 02"
        customer add "Van Damme" --kind business --country BE --language nl --street "Kaai 12" --postcode 9000 \
            --city Gent --vat-no BE0403170701 --own-no K1 --note "since 2019" --mail an@vandamme.example --phone \
            "+32 9 555 10 10" --contact An
        = customer add "Jan Peeters" --kind consumer --country BE --language nl --street "Bloemstraat 8" --postcode \
            9000 --city Gent --mail jan@peeters.example
        customer add "De Hoek BV" --kind business --country NL --language nl --street "Hoogstraat 21" --postcode \
            "4331 AB" --city Middelburg --mail info@dehoek.example
        customer add "Piet Bakker" --kind consumer --country NL --language nl --street "Plein 4" --postcode \
            "4331 AC" --city Middelburg
        customer add "Nord GmbH" --kind business --country DE --language de --street "Hafenweg 9" --postcode 50667 \
            --city Köln
        customer add "Greta Klein" --kind consumer --country DE --language de --street "Am Ring 5" --postcode 50676 \
            --city Köln
        customer add "Ham & Eggs Ltd" --kind business --country GB --language en --street "14 Market Row" --postcode \
            "CT1 2HX" --city Canterbury
        customer add "Who Knows"
        invoice add R1 --customer "Van Damme" --amount 1210.00 --issued 2026-08-01 --due 2026-08-31 --reference \
            "PO 77" --note "two deliveries"
        = invoice add R2 --customer "Van Damme" --amount 300 --issued 2026-09-15
        invoice add R3 --customer "Jan Peeters" --amount 89.90 --issued 2026-08-10 --due 2026-09-09
        invoice add R4 --customer "De Hoek BV" --amount 4500 --issued 2026-07-01 --due 2026-07-31
        invoice add R5 --customer "Piet Bakker" --amount 640.25 --issued 2026-09-01 --due 2026-09-30
        invoice add R6 --customer "Nord GmbH" --amount 2380 --issued 2026-08-20 --due 2026-09-19
        invoice add R7 --customer "Greta Klein" --amount 150 --issued 2026-10-01 --due 2026-10-31
        invoice add R8 --customer "Ham & Eggs Ltd" --amount 990 --currency GBP --issued 2026-09-10 --due 2026-10-10
        invoice add R9 --customer "Who Knows" --amount 75 --issued 2026-10-01 --due 2026-10-15
        invoice add R10 --customer "Van Damme" --amount 500 --issued 2026-11-20 --due 2026-12-20
        = board --all
        """,
    ),
    "customers": Chain(
        book="shop",
        files={"signed.pdf": b"%PDF-1.4 signed", "note.txt": "They called.\n"},
        lines="""
        customer add
        customer add ""
        = customer add "van damme"
        customer add "Peeters, Jan" --kind nobody
        customer add "Atlantis Ltd" --country Atlantis
        customer add "Bad Mail" --mail nowhere
        = customer edit "Who Knows" --name "Who Knows NV" --kind business --country BE --language fr --own-no K9 \
            --street "Rue Haute 1" --postcode 1000 --city Bruxelles --vat-no BE0403170701 --note "found out"
        customer edit "Who Knows NV"
        customer edit "Who Knows NV" --vat-no 123
        customer edit Nobody --city Gent
        contact add "Van Damme" --name Koen --role "pays the bills" --rank 2 --mail koen@vandamme.example --phone \
            "09 555 10 11" --json
        = contact list "Van Damme"
        contact show 1 --json
        contact edit 1 --mail-state bad --phone-state bad --role buyer --json
        contact edit 1 --name Anna --rank 1 --mail anna@vandamme.example --phone "+32 9 555 10 12" --mail-state good \
            --phone-state good
        contact edit 1 --mail nowhere
        contact edit 99 --name X
        contact list "Van Damme"
        contact remove 2 --json
        contact remove 2
        customer add "Vandamme"
        = customer merge "Vandamme" "Van Damme"
        customer merge "Van Damme" "Van Damme"
        customer archive "Greta Klein"
        customer archive "Who Knows NV" --json
        customer list --archived --json
        customer list
        customer archive "Greta Klein" --back
        customer courtesy "Van Damme" 5
        customer courtesy "Van Damme" 99 --json
        customer courtesy "Van Damme" x
        = invoice show R1
        invoice add R1 --customer "Van Damme" --amount 5
        invoice add R11 --customer "Van Damme" --amount 1,234
        invoice add R11 --customer "Van Damme" --amount 0
        invoice add R11 --customer "Van Damme" --amount 10 --issued 2026-12-01
        invoice add R11 --customer "Van Damme" --amount 10 --due 2026-01-01 --json
        invoice add R11 --customer "Van Damme" --amount 10 --currency XXX
        = invoice edit R2 --amount 320 --due 2026-11-01 --reference "PO 78" --note "weighed again"
        invoice edit R2
        invoice edit R99 --due 2026-11-01
        attach R1 signed.pdf --json
        attach R1 nowhere.pdf
        log "Van Damme" --channel call --outcome other
        attach log:1 note.txt
        attach log:9 note.txt
        show R1
        customer show "Van Damme"
        invoice void R9 --json
        invoice void R9
        show "Who Knows NV"
        doctor
        """,
    ),
    "money": Chain(
        book="shop",
        lines="""
        = pay R1 --amount 210.00 --on 2026-11-20 --reference "bank 17" --note "by transfer"
        pay R3
        pay --customer "Van Damme" --amount 400 --json
        pay R8 --amount 90 --currency GBP
        pay R8 --amount 90 --currency EUR
        = pay R4 --amount 99999
        pay R4 --amount -5
        pay R4 --amount 1,234
        pay R4 --amount 5 --on 2026-12-24
        pay R4 --amount 5 --on "30 feb"
        pay R99 --amount 5
        pay --customer Nobody --amount 5
        pay --amount 5
        pay --customer "Van Damme"
        pay R1 R4 --amount 5
        credit list "Van Damme"
        credit list "Van Damme" --json
        = credit show 1
        credit add R4 --kind credit_note --amount 500 --on 2026-11-01 --reference CN-1 --note "came back" --json
        credit add R5 --kind write_off --amount 0.25
        credit add R5 --kind discount --amount 40 --currency EUR
        credit add --kind discount --customer "Piet Bakker" --amount 100
        credit add --kind discount --amount 100
        credit add R4 --kind gift --amount 1
        pay --customer "Jan Peeters" --amount 50 --json
        = credit list "Jan Peeters"
        invoice add R30 --customer "Jan Peeters" --amount 20 --issued 2026-11-01 --due 2026-11-15
        pay --customer "Greta Klein" --amount 500
        credit list "Greta Klein"
        invoice add R31 --customer "Greta Klein" --amount 100 --issued 2026-11-01 --due 2026-11-15
        credit use 10 R31 --json
        credit use 10 R31
        credit use 99 R31
        credit move 2 --to "De Hoek BV" --json
        credit move 2 --to Nobody
        = credit bounce 1 --on 2026-11-23 --note "no cover"
        credit bounce 1
        credit bounce 3 --on 2026-01-01
        credit refund "Greta Klein" --amount 10 --currency EUR --on 2026-11-23 --reference x --note "asked for it"
        credit refund "Greta Klein" --json
        credit refund "Greta Klein"
        credit refund "Van Damme" --amount 9999
        = waive R1 --why goodwill
        waive R1 --kind interest --why goodwill
        board --all --json --limit 2
        show "Jan Peeters"
        show R1
        undo --json
        undo --list
        undo
        doctor
        """,
    ),
    "calls": Chain(
        book="shop",
        lines="""
        log "Van Damme" --channel call --outcome promise --promise 100@fri --invoice R1 --note "after the fair" \
            --method transfer --contact 1 --json
        log "Van Damme" --channel call --outcome promise
        log "Van Damme" --channel call --outcome promise --promise 5
        log "Van Damme" --channel call --outcome promise --promise 99999@fri
        log "Van Damme" --channel call --outcome promise --promise 10@2026-11-01
        log "Jan Peeters" --channel call --outcome says_paid --direction in
        log "De Hoek BV" --channel call --outcome disputes --reason delivery
        log "Piet Bakker" --channel call --outcome no_invoice --reason invoice_missing
        log "Nord GmbH" --channel call --outcome awaiting_approval --reason approval_pending
        log "Greta Klein" --channel call --outcome in_payment_run
        log "Ham & Eggs Ltd" --channel call --outcome cannot_pay --reason short_of_cash
        log "Who Knows" --channel call --outcome refuses --reason unhappy_with_work
        = board
        day: 2026-11-25
        log "Who Knows" --channel call --outcome wants_plan --follow-up +10
        log "Who Knows" --channel call --outcome call_back --at 14:30 --follow-up 2026-11-25
        log "Who Knows" --channel call --outcome no_answer
        log "Who Knows" --channel call --outcome no_answer --why "they asked for it"
        log "Jan Peeters" --channel call --outcome wrong_person
        log "De Hoek BV" --channel call --outcome voicemail --follow-up none
        log "Piet Bakker" --channel call --outcome engaged
        log "Nord GmbH" --channel call --outcome gatekeeper
        log "Greta Klein" --channel call --outcome wrong_number
        log "Ham & Eggs Ltd" --channel call --outcome disconnected
        log "Van Damme" --channel email --outcome other --note "sent copies"
        day: 2026-12-07
        log "Van Damme" --channel letter --outcome other
        log "Jan Peeters" --channel text --outcome other
        log "De Hoek BV" --channel meeting --outcome promise --promise 4500@+3
        log "Piet Bakker" --channel note --outcome other --note "moved house"
        log "Piet Bakker" --channel note --outcome other --corrects 4 --note "no, their neighbour" --json
        log "Piet Bakker" --channel note --outcome other --corrects 99
        log "Piet Bakker" --channel call --outcome other --contact 99
        log "Piet Bakker" --channel call --outcome other --at 25:99
        log "Piet Bakker" --channel call --outcome other --follow-up "30 feb"
        log Nobody --channel call --outcome other
        = calls "Who Knows"
        calls "Who Knows" --stop "by letter only, please" --json
        calls "Who Knows" --stop again
        calls "Who Knows"
        calls "Who Knows" --allow
        calls "Who Knows" --allow
        calls "Who Knows" --stop ""
        = today
        day: 2026-12-14
        today
        show "De Hoek BV"
        show "Who Knows" --json
        history "Who Knows"
        """,
    ),
    "ladders": Chain(
        book="shop",
        lines="""
        = ladder list
        = ladder show standard
        ladder show consumer
        ladder show nothing
        ladder add gentle --json
        ladder add hurried --like known
        ladder add gentle
        ladder step gentle 1 --name "a word" --days 5 --after due --gap 3 --channel email --tone friendly --template \
            friendly --charges no --approval no --json
        ladder step gentle 2 --channel act --act freeze --approval yes
        ladder step gentle 2 --act none --channel call
        ladder step gentle 9 --days 5
        ladder step gentle 99 --days 5
        ladder step gentle 1 --days -5
        ladder step gentle 1 --tone harsh
        ladder step nothing 1 --days 5
        ladder drop gentle 3 --json
        ladder drop gentle 99
        = ladder show gentle
        ladder choose "Van Damme" gentle --json
        ladder choose R4 hurried
        ladder choose R4 nothing
        ladder list
        show R1
        ladder choose "Van Damme"
        ladder done R4
        ladder done R99 --json
        ladder reset gentle
        ladder reset standard --json
        ladder reset nothing
        = dispute R4 --reason quantity --amount 500 --who Els --target 2026-12-10 --note "a tray short"
        dispute R6 --reason quality
        dispute R5 --reason nonsense
        dispute R5
        dispute R99 --reason price
        show R4
        dispute R4 --resolve credited --credit 250 --json
        dispute R6 --resolve upheld --note "as agreed"
        dispute R6 --resolve withdrawn
        = pause "Van Damme" --until 2026-12-20 --why "fire in the shop"
        pause R6 --until +10 --why "new address" --json
        pause R6 --until 2026-01-01 --why late
        pause R6 --until 2026-12-01 --why ""
        pause Nobody --until +10 --why x
        board
        resume "Van Damme" --json
        resume R6
        resume R6
        = today
        notices
        history
        """,
    ),
    "plans": Chain(
        book="shop",
        files={"signed.pdf": b"%PDF-1.4 signed"},
        lines="""
        = plan quote "Van Damme" --invoice R1 --parts 4 --first +14
        plan quote "Van Damme" --each 250 --first 2026-12-01 --every 2weeks --deposit 100 --charges all
        plan quote "Van Damme" --until 2027-06-30 --first 2026-12-31 --on-day 31 --charges none --interest --any-day
        plan quote "Ham & Eggs Ltd" --currency GBP --parts 2 --first fri --every week
        plan quote "Van Damme" --parts 2 --first +14 --grace 3 --no-acceleration --surplus end --remind 2 --to-sign \
            --lapses +5 --note "only a quote"
        plan quote "Van Damme" --first +14
        plan quote "Van Damme" --parts 3 --each 100 --first +14
        plan quote "Van Damme" --parts 500 --first +14 --json
        plan quote "Van Damme" --parts 3 --first 2026-01-01
        plan quote "Van Damme" --invoice R4 --parts 3 --first +14
        = plan propose "Van Damme" --invoice R1 R2 --parts 3 --first 2026-12-01 --grace 5 --no-acceleration \
            --surplus end --remind 3 --note "as on the telephone" --out letters
        plan propose "De Hoek BV" --parts 2 --first 2026-12-01 --to-sign --lapses 2026-12-05 --out letters --json
        plan propose "Nord GmbH" --each 900 --first 2026-12-10 --every 2weeks --deposit 100 --charges all --interest \
            --any-day --currency EUR
        plan cancel 3
        plan propose "Nord GmbH" --until 2027-03-31 --first 2026-12-10 --on-day 31 --deposit 100 --charges all \
            --interest --any-day --currency eur --json
        plan cancel 4
        plan accept 2
        plan accept 2 --signed nowhere.pdf
        plan accept 2 --signed signed.pdf --on 2026-11-24 --json
        plan accept 1
        plan accept 1
        plan accept 99
        plan terms R10 --parts 2 --first 2026-12-20 --every month --on-day 20 --deposit 100 --any-day
        plan terms R7 --each 100 --first 2026-12-20 --json
        plan terms R6 --until 2027-01-31 --first 2026-12-20
        = plan list
        plan show 1
        plan remind 1
        plan remind 1 --out letters --draft
        plan remind 2 --told --json
        board --all
        day: 2026-12-02
        pay R1 --amount 500
        plan show 1
        day: 2026-12-20
        plan list
        plan breach 2
        plan breach 2 --out letters --json
        plan breach 1 --out letters --draft
        = plan show 2
        today
        plan cancel 1 --why "they sold the shop" --json
        plan cancel 1
        plan cancel 99
        plan propose "Piet Bakker" --parts 3 --first 2027-01-04 --out letters
        plan show 5 --json
        show "Van Damme"
        undo
        doctor
        """,
    ),
    "offers": Chain(
        book="shop",
        lines="""
        = offer discount R1 --amount 900 --until 2026-12-10
        offer discount R4 --amount 4000 --until +5 --note "for money now" --out letters --json
        offer discount R5 --amount 99999 --until +5
        offer discount R5 --amount 500
        offer discount R2 --amount 250 --until +5 --agreed
        offer extend R6 --until 2026-12-31 --interest --out letters
        offer extend "Greta Klein" --until 2027-01-15 --agreed --note "new job" --json
        offer goodwill R8 --amount 90 --agreed --note "wrong colour" --json
        offer goodwill "Piet Bakker" --amount 40 --work
        offer goodwill "Piet Bakker" --amount 40 --work --note "two hours more" --out letters
        offer goodwill R1 R4 --amount 10
        offer extend R99 --until +10
        = offer list
        offer list "Greta Klein"
        = offer show 2
        offer accept 2 --on 2026-11-24 --json
        offer accept 2
        offer accept 3
        offer decline 1 --why "too little" --json
        offer decline 1
        offer accept 99
        board --all
        pay R4 --amount 4000
        offer show 2
        day: 2027-01-20
        offer list
        today
        = options "Van Damme" --try call_chance=70
        options "Van Damme" --set call_chance=60 --set-all call_days=9
        options "Van Damme" --set call_chance= --json
        options "Jan Peeters" --set call_chance=900
        options R8
        undo
        undo
        doctor
        """,
    ),
    "supply": Chain(
        book="shop",
        files={"report.pdf": b"%PDF-1.4 report"},
        lines="""
        = check "Van Damme"
        check "Van Damme" --amount 250
        check Nobody
        standing terms "Van Damme" --limit 1500 --days 14 --prepay 30 --note "since the summer" --json
        standing terms "Van Damme" --days x
        standing terms "Van Damme" --prepay 300
        = check "Van Damme" --amount 250
        standing check "Van Damme" --source "Company register" --result caution --score B2 --on 2026-11-01 --expires \
            2027-11-01 --again +180 --note "late accounts" --document report.pdf --json
        standing check "Van Damme" --source register --result nonsense
        standing check "Van Damme" --source register --result good --on 2026-12-31
        standing check "Jan Peeters" --source neighbour --result bad
        = standing show "Van Damme"
        standing show "Jan Peeters"
        invoice add R40 --customer "Van Damme" --amount 100
        = hold "Van Damme" --why "three reminders" --who-may Els --but-for prepaid --out letters
        hold "Jan Peeters" --why "nothing came" --json
        hold "Jan Peeters" --why again
        hold "De Hoek BV"
        hold "Who Knows" --why "no address" --out letters
        hold "Piet Bakker" --why late --out letters --draft
        = hold
        hold --list --format csv
        hold --list --format json
        = check "Van Damme"
        board
        = show "Van Damme"
        release "Van Damme" --why "half of it came" --json
        release "Van Damme" --why "half of it came" --by Els --out letters
        release "Jan Peeters"
        release "Jan Peeters"
        pay R5 --amount 640.25
        release "Piet Bakker" --out letters --draft --json
        hold --list
        standing terms "Van Damme" --limit none --days none --prepay 0 --note ""
        standing show "Van Damme"
        settings set freeze_amount=1000 freeze_days=60
        today
        undo
        undo
        history --limit 8
        doctor
        """,
    ),
    "lawful": Chain(
        book="shop",
        files={"terms.pdf": b"%PDF-1.4 terms"},
        lines="""
        = claim R1
        claim R3
        claim R4 --as-of 2026-12-31
        claim R5 --reminded 2026-10-10
        claim R6 --json
        claim R7
        claim R8
        = claim R9
        claim R1 --as-of 2027-03-01 --json
        rates list --jurisdiction BE --since 2026-01-01
        = rates list --jurisdiction NL --since 2026-01-01
        rates list --since "30 feb"
        rates list --jurisdiction XX
        rates add BE business 10.5 --from 2027-01-01 --until 2027-06-30 --source "Moniteur belge" --json
        rates add BE business 10.5 --from 2027-01-01 --until 2027-06-30
        rates add BE business x --from 2027-01-01 --until 2027-06-30
        rates add BE somebody 4 --from 2027-01-01 --until 2027-06-30
        rates list --jurisdiction BE --since 2027-01-01
        claim R1 --as-of 2027-03-01
        terms accept "Van Damme" --version 2026-01 --accepted 2026-07-01 --rate 12 --costs-clause --note \
            "signed at the fair" --document terms.pdf --json
        terms accept "Jan Peeters" --version 2026-01
        terms accept "Jan Peeters" --version 2026-01
        terms accept "Jan Peeters" --version 2026-02 --rate x
        terms accept "Jan Peeters" --version 2026-02 --accepted 2027-01-01
        = terms show "Van Damme"
        claim R1
        settings set small_creditor=yes collection_work=yes
        claim R4
        customer edit "Who Knows" --kind business --country BE
        claim R9
        waive R1 --kind costs --why goodwill --json
        waive R1 --kind colour --why goodwill
        claim R1 --json
        undo
        limitation --within 4000 --json
        """,
    ),
}
