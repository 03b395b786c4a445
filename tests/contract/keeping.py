"""Chains about the book: files brought in, the bank, settings and roles, undo, export, backups, erasing, the doctor."""

from __future__ import annotations

from tests.contract.chain import Chain

_INVOICES = """Invoice,Customer,Date,Due,Amount,Settled Date
2026-0143,Café Zuid,2026-09-01,2026-10-01,121.00,
2026-0144,Café Zuid,2026-09-15,2026-10-15,50.00,2026-11-10
2026-0145,"Smit & Zn",2026-10-01,2026-10-31,"1.250,00",
"""
_BAD = """Invoice,Customer,Date,Due,Amount
R1,Acme,2026-09-01,2026-10-01,100.00
R2,=Evil,2026-02-30,2026-10-01,5
R3,Acme,2026-09-01,2026-10-01,much
"""
_CUSTOMERS = """Name,Customer No,Street,Postcode,City,Country,E-mail,Phone
Café Zuid,K1,Zuidlaan 4,9000,Gent,BE,koen@zuid.example,+32 9 555 11 47
Nieuwe Klant,K2,Kaai 1,9000,Gent,BE,,
"""
_PAYMENTS = """Invoice,Customer,Date,Amount
2026-0143,Café Zuid,2026-11-18,21.00
"""
_OPEN = """Invoice,Customer,Date,Due,Amount,Balance
O1,Bakker Jan,2026-09-01,2026-10-01,100,100
O2,Bakker Jan,2026-09-05,2026-10-05,200,150
"""
_LATER = """Invoice,Customer,Date,Due,Amount,Balance
O2,Bakker Jan,2026-09-05,2026-10-05,200,150
O3,Bakker Jan,2026-10-05,2026-11-05,10,10
"""
_HEAD = "Date,Amount,Currency,Counterparty name,Counterparty account,Description\n"
_BANK = f"""{_HEAD}2026-11-20,121.00,EUR,Café Zuid,BE71096123456769,2026-0143
2026-11-20,1250.00,EUR,Smit,NL91ABNA0417164300,thanks
2026-11-21,9.00,EUR,Nobody,,gift
2026-11-21,-45.00,EUR,Rent NV,,rent
2026-11-22,300.00,EUR,Somebody,,payment
2026-11-22,1250.00,EUR,Smit & Zonen,,on account
"""
_BACK = """:20:STARTUMS
:25:BE68539007547034
:28C:00002/001
:60F:C261123EUR1000,00
:61:2611231123RC121,00NRTINONREF//BANK2
:86:166?00RETOUR?20SVWZ+2026-0143?31BE71096123456769?32Cafe Zuid
:61:2611231123RC300,00NRTINONREF//BANK3
:86:166?00RETOUR
:62F:C261123EUR579,00
-
"""
_MT940 = """:20:STARTUMS
:25:BE68539007547034
:28C:00001/001
:60F:C261101EUR1000,00
:61:2611121112C50,00NTRFNONREF//BANK1
:86:166?00GUTSCHRIFT?20SVWZ+Rechnung 2026-0145?31DE02120300000000202051?32Smit
:62F:C261112EUR1050,00
-
"""
_OFX = """OFXHEADER:100
DATA:OFXSGML

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>123</BANKACCTFROM><BANKTRANLIST>
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261102<TRNAMT>100.50<FITID>F1<NAME>Acme &amp; Co<MEMO>Invoice 7
</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""
_OASIS = "urn:oasis:names:specification:ubl:schema:xsd"
_PARTS = f'xmlns:b="{_OASIS}:CommonBasicComponents-2" xmlns:c="{_OASIS}:CommonAggregateComponents-2"'
_UBL = f"""<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="{_OASIS}:Invoice-2" {_PARTS}><b:ID>U-1</b:ID>
<b:IssueDate>2026-10-17</b:IssueDate><b:DueDate>2026-11-16</b:DueDate>
<b:InvoiceTypeCode>380</b:InvoiceTypeCode><b:DocumentCurrencyCode>EUR</b:DocumentCurrencyCode>
<c:AccountingSupplierParty><c:Party><c:PartyLegalEntity>
<b:RegistrationName>Shop</b:RegistrationName>
</c:PartyLegalEntity></c:Party></c:AccountingSupplierParty>
<c:AccountingCustomerParty><c:Party><c:PartyLegalEntity>
<b:RegistrationName>Van Damme</b:RegistrationName>
</c:PartyLegalEntity></c:Party></c:AccountingCustomerParty>
<c:LegalMonetaryTotal>
<b:TaxExclusiveAmount>1000.00</b:TaxExclusiveAmount><b:TaxInclusiveAmount>1210.00</b:TaxInclusiveAmount>
<b:PayableAmount>1210.00</b:PayableAmount>
</c:LegalMonetaryTotal>
</Invoice>
"""

KEEPING = {
    "import": Chain(
        files={
            "invoices.csv": _INVOICES,
            "newer.csv": _INVOICES.replace("50.00,2026-11-10", "50.00,").replace("121.00", "131.00"),
            "bad.csv": _BAD,
            "customers.csv": _CUSTOMERS,
            "payments.csv": _PAYMENTS,
            "open.csv": _OPEN,
            "open-later.csv": _LATER,
            "odd.csv": "a;b;c;d;e\nX1;Acme;01.09.2026;01.10.2026;1.234,50\n",
            "odd-later.csv": "a;b;c;d;e\nX2;Acme;02.09.2026;02.10.2026;99,00\n",
            "american.csv": 'Invoice,Customer,Date,Due,Amount\nA1,Acme,09/01/2026,10/01/2026,"1,234.50"\n',
            "invoice.xml": _UBL,
            "empty.csv": "",
            "picture.png": b"\x89PNG\r\n\x1a\n not a table",
        },
        lines="""
        = import invoices.csv --dry-run --country BE
        board
        import bad.csv --json --currency EUR
        import bad.csv
        import nowhere.csv
        board
        = import invoices.csv --country BE --currency EUR
        import newer.csv --dry-run
        import newer.csv --json
        import bad.csv --skip-bad
        = import customers.csv --as customers
        import customers.csv --as invoices
        import payments.csv --as payments --json
        import open.csv
        import open-later.csv --dry-run
        import open-later.csv --paid-vanished --json
        import odd.csv
        import odd.csv --map number=a --map customer=b --map issued=c --map due=d --map total=e --date-format \
            %d.%m.%Y --decimal , --json
        import odd-later.csv --profile odd
        import odd-later.csv --profile nothing
        import odd.csv --map nonsense
        import odd.csv --map colour=a
        import american.csv --date-format %m/%d/%Y --decimal .
        import american.csv --decimal x
        import invoice.xml --json
        setup --name Shop
        import invoice.xml --json
        import empty.csv
        import picture.png
        import invoices.csv customers.csv --dry-run
        = board --all
        customer list
        show 2026-0143
        undo --list
        undo
        undo
        history --limit 5
        doctor
        """,
    ),
    "bank": Chain(
        files={
            "invoices.csv": _INVOICES,
            "bank.csv": _BANK,
            "back.mt940": _BACK,
            "bank.mt940": _MT940,
            "bank.ofx": _OFX,
            "broken.xml": "<a><b/></a>",
        },
        lines="""
        setup --name Shop --country BE --language en
        import invoices.csv
        = match
        match bank.csv --json
        match bank.csv
        = match
        match --all
        = match --line 2
        match --line 2 --take 1
        match --line 2 --take 9
        match --line 2 --unmatch --json
        match --line 2 --to 2026-0145 --json
        match --line 2 --unmatch
        match --line 3 --ignore --note "a gift"
        match --line 3 --wait --json
        match --line 3 --ignore
        match --line 4 --customer "Café Zuid"
        match --line 4 --customer Nobody
        match --line 4 --unmatch
        match --line 4 --to R99
        match --line 4 --customer "Café Zuid"
        match --line 99
        match --line 3 --unmatch
        match --line 5
        match --line 5 --wrong 9
        match --line 5 --wrong 1 --json
        match --line 5
        match --certain --json
        import bank.mt940 --as statements
        import bank.ofx --json
        match broken.xml
        match nowhere.csv
        match back.mt940
        match
        match --line 8
        match --line 8 --returns 99
        match --line 8 --unmatch
        match --line 9
        match --line 9 --returns 99
        match --line 9 --returns --json
        match --line 9 --returns
        match --line 5 --returns
        show 2026-0143
        = match --all
        board --json --limit 1
        credit list "Café Zuid"
        undo
        day: 2026-12-20
        board
        notices --due
        doctor
        """,
    ),
    "settings": Chain(
        files={
            "logo.svg": (
                '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
            ),
        },
        lines="""
        setup --name Shop --country BE --language nl
        = settings
        = settings list
        = settings get name
        settings get colour
        settings keys
        settings keys --json
        settings set name Winkel --json
        settings set street="Kaai 1" postcode=9000 city=Gent
        settings set logo logo.svg
        settings set language=fr currency=USD
        settings set iban=BE00
        settings set country=Atlantis
        settings set colour=red
        settings set name
        settings set name=
        settings set terms_days=400
        settings set match_limit=11
        settings set weights="amount=12 age=1" outcomes="voicemail.days=3 refuses.waits=yes"
        settings set weights=amount
        settings set outcomes=nonsense
        settings set quiet_days="sat sun" hours_business=9-17 calls_day=1 contacts_week=2
        settings set quiet_days=someday
        settings set hours_business=17-9
        settings set pay_link=http://insecure.example
        settings set layout=a5
        settings set keymap=row.call=f7
        settings set "keymap=row.call=x"
        settings set keymap=nonsense=f7
        settings set theme=arterm-light view=customer
        settings set theme=pink
        settings set roles="anna=clerk piet=reader"
        settings set roles=anna=king
        settings set roles=anna
        settings list
        history
        undo
        undo --json
        undo --list
        """,
    ),
    "roles": Chain(
        book="shop",
        lines="""
        settings set roles="anna=clerk piet=reader"
        who: anna
        pay R1 --amount 10
        = credit add R1 --kind write_off --amount 1
        log "Van Damme" --channel call --outcome no_answer
        settings set name=Other
        invoice void R9
        partner add X --kind agency --rates 10
        waive R1 --why goodwill
        release "Van Damme"
        undo
        who: piet
        board
        pay R1 --amount 10 --json
        log "Van Damme" --channel call --outcome no_answer
        undo
        report ageing
        who: els
        undo
        history --limit 6
        """,
    ),
    "book": Chain(
        book="shop",
        files={"attached.txt": "evidence\n", "no-book.arterm": "this is no book\n"},
        lines="""
        attach R1 attached.txt
        log "Van Damme" --channel call --outcome promise --promise 100@+5
        plan propose "De Hoek BV" --parts 2 --first 2026-12-01
        plan accept 1
        notices write --customer "Nord GmbH" --out letters
        pay R3 --amount 10
        export out
        export out --json
        export letters
        backup copy.arterm --json
        backup copy.arterm
        backup
        invoice add R70 --customer "Van Damme" --amount 5
        restore copy.arterm
        restore nowhere.arterm --json
        restore attached.txt
        board --all
        = doctor
        doctor --rebuild
        doctor --book no-book.arterm
        board --book no-book.arterm
        backup sub/folder/copy.arterm
        setup --name Other --country NL --book Dropbox/other.arterm
        setup --name Other --country NL --book Dropbox/other.arterm --here-anyway
        setup --name Other --country NL --book other.db
        history --limit 5
        undo
        undo
        undo --json
        day: 2026-11-23
        board --limit 1
        pay R1 --amount 1
        """,
    ),
    "erasing": Chain(
        book="shop",
        lines="""
        log "Jan Peeters" --channel call --outcome other --note "is ill"
        privacy show "Jan Peeters" --out jan.zip --json
        privacy show "Jan Peeters" --out jan.zip
        privacy show Nobody --out nobody.zip
        privacy erase "Jan Peeters" --yes
        pay R3
        backup before.arterm
        privacy erase "Jan Peeters"
        privacy erase "Jan Peeters" --today 2027-06-01 --yes
        privacy erase "Jan Peeters" --yes --json
        show "Jan Peeters"
        privacy show "Jan Peeters" --out after.zip
        undo
        doctor
        restore before.arterm --json
        show "Jan Peeters"
        privacy over
        pay R7
        day: 2032-06-01
        = privacy over
        privacy over --purge
        privacy over --purge --yes --json
        privacy over
        day: 2038-01-03
        privacy over --purge --yes
        customer list
        history --limit 4
        doctor
        """,
    ),
    "charged": Chain(
        # On the demo book: what was asked with charges, and what becomes of it.
        book="demo",
        lines="""
        notices write --customer "WZC Avondrust" --out letters
        = show 2026-0242
        claim 2026-0242
        account "WZC Avondrust"
        waive 2026-0242 --kind interest --why goodwill
        waive 2026-0242 --kind interest --why goodwill
        waive 2026-0202 --why goodwill --json
        waive 2026-0202 --kind colour --why x
        pay 2026-0242 --amount 4300
        show 2026-0242
        pay --customer "WZC Avondrust" --amount 3000 --json
        credit list "WZC Avondrust"
        letter receipt "WZC Avondrust"
        letter statement "WZC Avondrust" --items
        letter handover "WZC Avondrust" --to "Incasso BV"
        report statement --customer "WZC Avondrust" --format csv
        options 2026-0202
        plan quote "WZC Avondrust" --parts 2 --first +14 --charges all
        plan breach 2 --out letters
        plan accept 3 --json
        offer accept 1
        plan show 1
        dispute 2026-0265 --resolve withdrawn
        resume "Ahmed El Idrissi"
        board --limit 8
        today
        undo --list
        undo
        account "WZC Avondrust" --invoice 2026-0242 --json
        account "WZC Avondrust" --as-of 2026-09-01
        doctor
        """,
    ),
    "begin": Chain(
        lines="""
        demo --no-open --json
        demo --dir sub
        board --book sub/demo.arterm --limit 2
        completion bash
        completion zsh
        completion tcsh
        """,
    ),
}
