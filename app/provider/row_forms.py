"""Forms with several rows: prices, and people to ask. An empty row is taken out."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, Form, FormField

from app import draft as drafts
from app.forms import line, words
from app.languages import gettext
from app.listing_words import PER, WHOM
from app.provider.fields import (
    Choose,
    Lines,
    Pounds,
    choices,
    mail_address,
    phone_number,
    some_of,
    tidy_lines,
)
from app.provider.forms import LINE, MEDIUM_TEXT, PartForm, known_first, same_or
from app.vocabulary import COSTS

MOST_PRICES, MOST_CONTACTS, MOST_PHONES = 12, 6, 3
EMPTY = ("", _l("Not said"))


class PriceForm(Form):
    """One price."""

    pounds = Pounds(_l("Price in pounds"))
    per = Choose(_l("For how long?"))
    whom = Choose(_l("For whom?"))
    note = line(_l("Note"), MEDIUM_TEXT)

    def price(self) -> drafts.Price:
        """The price that was typed."""
        said = (self.per.data or "", self.whom.data or "", self.note.data or "")
        return drafts.Price(self.pounds.data, *said)


class CostForm(PartForm):
    """What it costs and who pays."""

    rows = ("prices",)
    prices = FieldList(FormField(PriceForm), min_entries=1, max_entries=MOST_PRICES)
    costs = some_of(_l("Ways to pay and help with the cost"), COSTS)
    cost_note = words(_l("More about the cost"), MEDIUM_TEXT)
    funding = words(_l("Who pays for the service?"), 2560, Lines(10, LINE))

    @staticmethod
    def values(part: drafts.Cost) -> dict[str, Any]:
        """Prices as rows, one funder a line."""
        prices = [
            {"pounds": item.pence, "per": item.per, "whom": item.whom, "note": item.note}
            for item in part.prices
        ]
        funding = "\n".join(part.funding)
        return {**PartForm.values(part), "prices": prices, "funding": funding}

    def settle(self) -> None:
        """Offer the usual words, and those that the stored prices say."""
        stored = self.old.prices
        per = {**PER, **{item.per: item.per for item in stored if item.per not in PER}}
        if all(item.per != "visit" for item in stored):
            per.pop("visit")
        whom = {**WHOM, **{item.whom: item.whom for item in stored if item.whom not in WHOM}}
        for row in self.prices:
            row.form.per.choices = choices([EMPTY, *((k, v) for k, v in per.items() if k)])
            row.form.whom.choices = choices([EMPTY, *((k, v) for k, v in whom.items() if k)])

    def part(self) -> drafts.Cost:
        """The section that was typed."""
        typed = [row.form.price() for row in self.prices]
        return drafts.Cost(
            tuple(price for price in typed if price != drafts.Price()),
            known_first(self.costs.data, self.old.costs, COSTS),
            self.cost_note.data,
            same_or(self.old.funding, tidy_lines(self.funding.data)),
        )


class ContactForm(Form):
    """One person or desk."""

    name = line(_l("Name"), LINE)
    title = line(_l("What they do"), LINE)
    phone_0 = line(_l("Phone"), 50, phone_number)
    phone_1 = line(_l("Second phone"), 50, phone_number)
    phone_2 = line(_l("Third phone"), 50, phone_number)
    email = line(_l("Email"), 254, mail_address)
    hours = line(_l("When to ring"), LINE)

    def contact(self) -> drafts.Contact:
        """The contact that was typed."""
        numbers = (self[f"phone_{place}"].data for place in range(MOST_PHONES))
        phones = tuple(number for number in numbers if number)
        said = self.name.data or "", self.title.data or ""
        return drafts.Contact(*said, phones, self.email.data or "", self.hours.data or "")


class ContactsForm(PartForm):
    """Whom to reach."""

    rows = ("contacts",)
    contacts = FieldList(FormField(ContactForm), min_entries=1, max_entries=MOST_CONTACTS)

    @staticmethod
    def values(part: drafts.Contacts) -> dict[str, Any]:
        """Contacts as rows, each number in a field of its own."""
        return {
            "contacts": [
                {
                    "name": item.name,
                    "title": item.title,
                    "email": item.email,
                    "hours": item.hours,
                    **{f"phone_{place}": number for place, number in enumerate(item.phones)},
                }
                for item in part.contacts
            ]
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """Also somebody can be reached: a name alone is no contact."""
        is_right = bool(super().validate(extra_validators))
        for row in self.contacts:
            said = row.form.contact()
            if said != drafts.Contact() and not said.phones and not said.email:
                row.form.phone_0.errors = [gettext("Type a phone number or an email.")]
                is_right = False
        return is_right

    def part(self) -> drafts.Contacts:
        """The section that was typed."""
        typed = [row.form.contact() for row in self.contacts]
        return drafts.Contacts(tuple(item for item in typed if item != drafts.Contact()))
