"""How other people's files call the fields of an account: billing programs, spreadsheets, English and German."""

from statusdesk.domain.fields import FIELDS
from statusdesk.domain.folding import fold

# The likeliest first. Case, blanks, underscores and accents do not matter. Sources: column names in exports and
# import templates of Sonar, Splynx, Powercode, UISP and WHMCS, IBM's Telco churn sample, and German office usage.
_WORDS = {
    "number": """account number | account no | account nr | acct no | acct number | account num | account # |
        customer number | customer no | customer nr | customer id | account id | client id | client number |
        subscriber id | subscriber number | member number | user id | contract number | reference | ref |
        kundennummer | kunden-nr | kundennr | kdnr | kd nr | kontonummer | vertragsnummer | vertragskonto |
        account | id | nr | no | #""",
    "name": """full name | account name | customer name | client name | display name | contact name | subscriber |
        subscriber name | company | company name | customer | client | kunde | kundenname | firma | anzeigename |
        vor- und nachname | nachname vorname | last name | surname | nachname""",
    "status": """account status | customer status | client status | subscriber status | service status |
        account status name | status name | current status | state of account | churn | churned | kundenstatus |
        kontostatus | vertragsstatus | zustand""",
    "status_since": """since | status date | status changed | status changed at | last status change |
        status change date | in status since | status seit | seit""",
    "account_type": """type | customer type | client type | category | customer category | customer class |
        account class | account group | segment | kundentyp | kundenart | kontotyp | kategorie | kundengruppe""",
    "phone": """phone number | telephone | telephone number | primary phone | home phone | mobile | mobile phone |
        mobile number | cell | cell phone | contact number | tel | tel no | telefon | telefonnummer | rufnummer |
        handy | mobil | mobilnummer""",
    "email": """e-mail | mail | email address | e-mail address | mail address | contact email | billing email |
        primary email | e-mail-adresse | mailadresse""",
    "address": """street | street address | service address | address 1 | address line 1 | line 1 |
        street and number | physical address | street 1 | installation address | adresse | anschrift | strasse |
        strasse und hausnummer | strasse hausnummer""",
    "city": """town | city name | municipality | locality | service city | ort | stadt | wohnort | gemeinde""",
    "monthly_charge": """monthly charges | monthly fee | monthly price | monthly amount | monthly rate |
        monthly total | monthly recurring charge | monthly revenue | mrc | mrr | recurring charge | price |
        charge | fee | plan price | tariff price | service price | monatspreis | monatsbetrag |
        monatlicher betrag | monatliche gebuehr | monatliche kosten | grundgebuehr | gebuehr | preis | beitrag""",
    "balance_due": """balance | account balance | total due | amount due | outstanding | outstanding balance |
        current balance | total balance | past due | arrears | open balance | saldo | kontostand | offener betrag |
        offene posten | rueckstand""",
    "delinquent": """is delinquent | overdue | is overdue | past due flag | in arrears | dunning | saeumig |
        im verzug | zahlungsverzug | ueberfaellig | mahnung""",
    "install_on": """install date | installation date | date of installation | scheduled install |
        installation on | install scheduled | activation date | installationsdatum | installation am |
        einbautermin | anschlussdatum | installationstermin""",
    "install_attempts": """attempts | installation attempts | number of attempts | tries | installationsversuche |
        versuche""",
    "collections_agency": """collection agency | agency | debt collector | collector | inkasso | inkassobuero |
        inkassounternehmen""",
    "handed_over_on": """handed over | sent to collections | collections date | date sent to collections |
        hand over date | uebergeben am | uebergabe | inkasso seit""",
    "lead_source": """source | lead origin | origin | campaign | referred by | how did you hear |
        marketing source | quelle | herkunft | kampagne | werbequelle""",
    "first_contact_on": """first contact | first contact date | lead date | created | created at | date added |
        creation date | sign up date | signup date | erstkontakt | erster kontakt | angelegt | angelegt am""",
    "disconnect_reason": """disconnection reason | reason for disconnect | cancellation reason | cancel reason |
        reason for cancellation | churn reason | reason for leaving | termination reason | kuendigungsgrund |
        grund der kuendigung | abmeldegrund""",
    "next_contact_on": """next contact | next contact date | follow up | follow-up date | callback on |
        call back on | naechster kontakt | wiedervorlage | wiedervorlage am""",
    "service_level": """service plan | plan | package | tariff | tariff plan | internet plan | internet package |
        speed | product | service | tarif | paket | produkt | leistung""",
    "radius_user": """radius username | radius login | username | user name | user | pppoe | pppoe user |
        pppoe username | ppp login | login | benutzername | benutzer""",
    "ip_addresses": """ip | ip address | ips | ipv4 | ipv4 address | static ip | assigned ip | framed ip address |
        ip-adresse | ip-adressen""",
    "note": """notes | comment | comments | remark | remarks | description | memo | additional information |
        notiz | notizen | bemerkung | bemerkungen | anmerkung | kommentar | hinweis""",
}


def column_key(column: str) -> str:
    """Return a column's name as names are compared: “customerID ”, “Customer-ID” and “customer_id” are one."""
    plain = fold(column.replace("ß", "ss"))
    return "".join(letter for letter in plain if letter.isalnum() or letter == "#")


def _german(word: str) -> set[str]:
    umlauts = word.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    return {column_key(word), column_key(umlauts)}


def _keys(name: str, label: str) -> tuple[str, ...]:
    words = [name, label, *_WORDS[name].split("|")]
    return tuple(dict.fromkeys(key for word in words for key in sorted(_german(word))))


SYNONYMS = {field.name: _keys(field.name, field.label) for field in FIELDS}
"""For each field the keys of the columns that hold it, the likeliest first."""

_ALL = frozenset(key for keys in SYNONYMS.values() for key in keys)


def names_a_field(column: str) -> bool:
    """Say whether this is the name of a field as some file could write it."""
    return column_key(column) in _ALL
