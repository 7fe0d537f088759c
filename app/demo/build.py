"""From a planned listing to its records."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from app.council import Council
from app.demo import names
from app.demo.kinds import Kind, pick
from app.demo.plan import Planned
from app.demo.where import areas_of, is_hidden, new_uuid, places_of
from app.models import (
    Attribute,
    Contact,
    CostOption,
    Funding,
    Language,
    Organisation,
    Phone,
    Service,
    SupportAnswer,
)
from app.states import Answer, Space
from app.vocabulary import ACCESS

SOURCE = "demo"


def build_service(
    planned: Planned,
    organisation: Organisation,
    council: Council,
    today: date,
    rng: Random,
) -> Service:
    """One service with everything that hangs on it. Its name and slug are given later."""
    kind, number = planned.kind, planned.number
    low, high = _ages(kind, planned.age)
    checked = _checked(today, rng)
    service = Service(
        id=new_uuid(rng),
        organisation=organisation,
        source=SOURCE,
        tier=kind.tier,
        name=_name(planned, organisation, rng),
        summary=_fill(kind.summaries[number % len(kind.summaries)], planned, organisation),
        description=_description(planned, organisation),
        min_age=low or None,
        max_age=None if high < 0 else high,
        joining="\n".join(kind.joining[number % len(kind.joining)]),
        cost_note=rng.choice(kind.cost_notes),
        assured_date=checked,
        url=f"https://{organisation.email.partition('@')[2]}/" if rng.random() < 0.6 else "",
    )
    _add_suitability(service, kind, checked, today, rng)
    _add_space(service, kind, checked, rng)
    _add_codes(service, planned, council, rng)
    _add_answers(service, kind, checked, rng)
    _add_prices(service, kind, rng)
    service.places = places_of(planned, council, today, rng)
    service.areas = areas_of(planned, council)
    _add_contact(service, organisation, rng)
    service.languages = [Language(name=name) for name in kind.languages]
    service.funding = [Funding(source=source) for source in kind.funding]
    return service


def _place_word(planned: Planned) -> str:
    """The town; where the place is withheld, only the area."""
    spot = planned.spot
    return spot.locality.label if is_hidden(planned.kind) else spot.town.name


def _fill(text: str, planned: Planned, organisation: Organisation) -> str:
    return text.replace("{place}", _place_word(planned)).replace("{org}", organisation.name)


def _name(planned: Planned, organisation: Organisation, rng: Random) -> str:
    return _fill(rng.choice(planned.kind.names), planned, organisation)


def _description(planned: Planned, organisation: Organisation) -> str:
    slots = planned.kind.about
    said = [slots[slot][pick(planned.number, slot)] for slot in range(len(slots))]
    parts = [" ".join(said[:2]), " ".join(said[2:4]), said[4]]
    return _fill("\n\n".join(parts), planned, organisation)


def _ages(kind: Kind, age: int) -> tuple[int, int]:
    """The alternative that takes the planned age, else the one nearest to it."""

    def distance(ages: tuple[int, int]) -> int:
        low, high = ages[0], 99 if ages[1] < 0 else ages[1]
        return max(low - age, age - high, 0)

    return min(kind.ages, key=distance)


def _checked(today: date, rng: Random) -> date | None:
    """Four in five within six months; the rest stale, and a few never checked."""
    chance = rng.random()
    if chance < 0.03:
        return None
    if chance < 0.80:
        return today - timedelta(days=rng.randint(2, 175))
    if chance < 0.94:
        return today - timedelta(days=rng.randint(190, 380))
    return today - timedelta(days=rng.randint(400, 900))


def _add_suitability(
    service: Service, kind: Kind, checked: date | None, today: date, rng: Random
) -> None:
    service.stays = kind.stays
    service.stays_note = kind.stays_note
    service.trial_visit = kind.trial if rng.random() < 0.9 else ""
    service.transport = rng.choice(kind.transport or ("",))
    service.training = rng.choice(kind.training) if rng.random() < 0.85 else ""
    if kind.ratios and rng.random() < 0.85:
        service.adults, service.children = rng.choice(kind.ratios)
    if kind.regulator and rng.random() < 0.9:
        service.regulator = kind.regulator
        number = rng.randint(100000, 999999)
        service.registration = f"DEMO-{number}"
    if rng.random() < 0.2:
        service.send_report_url = f"https://{service.organisation.email.partition('@')[2]}/send"
    if checked and rng.random() < 0.9:
        service.suitability_checked = min(today, checked + timedelta(days=rng.choice((0, 0, 0, 6))))


SPACE_CHANCES = {
    "none": ((Space.SPACES, 0.70), (Space.UNKNOWN, 0.25), (Space.FULL, 0.05)),
    "some": (
        (Space.SPACES, 0.40),
        (Space.WAITING, 0.33),
        (Space.UNKNOWN, 0.19),
        (Space.FULL, 0.08),
    ),
    "long": (
        (Space.WAITING, 0.62),
        (Space.FULL, 0.2),
        (Space.UNKNOWN, 0.13),
        (Space.SPACES, 0.05),
    ),
}


def _add_space(service: Service, kind: Kind, checked: date | None, rng: Random) -> None:
    spaces, chances = zip(*SPACE_CHANCES[kind.wait], strict=True)
    service.space = rng.choices(spaces, chances)[0]
    if service.space == Space.WAITING:
        longest = 16 if kind.wait == "some" else 60
        service.wait_weeks = rng.randint(2, longest) if rng.random() < 0.85 else None
    if service.space != Space.UNKNOWN and checked:
        service.space_on = checked - timedelta(days=rng.choice((0, 0, 0, 1, 12, 30)))


def _add_codes(service: Service, planned: Planned, council: Council, rng: Random) -> None:
    kind = planned.kind
    needs = [
        *kind.needs,
        *(code for code in kind.needs_sometimes if rng.random() < 0.35),
    ]
    extra = [code for code in kind.payments_sometimes if rng.random() < 0.35]
    costs = [*(price.code for price in kind.prices), *kind.payments, *extra]
    if council.allowance is None:
        costs = [code for code in costs if code != "tsb_allowance"]
    held = {
        "break": kind.breaks,
        "activity": kind.activities,
        "need": needs,
        "route": kind.routes,
        "cost": costs,
        "outcome": kind.outcomes,
    }
    service.attributes = [
        Attribute(term_id=f"{name}:{code}")
        for name, codes in held.items()
        for code in dict.fromkeys(codes)
    ]


def _add_answers(service: Service, kind: Kind, checked: date | None, rng: Random) -> None:
    said = kind.support
    answers = {code: (Answer.YES, note) for code, note in said.yes.items()}
    answers |= {code: (Answer.ASK, note) for code, note in said.ask.items()}
    answers |= {code: (Answer.NO, note) for code, note in said.no.items()}
    for code in said.sometimes:
        answer = rng.choices((Answer.YES, Answer.ASK, Answer.NO, None), (45, 18, 12, 25))[0]
        if answer is not None:
            answers.setdefault(code, (answer, ""))
    answers.setdefault(*_stay_answer(kind))
    service.answers = [
        SupportAnswer(
            feature=code,
            answer=answer,
            note=note,
            checked_on=checked - timedelta(days=rng.choice((0, 0, 0, 0, 40))) if checked else None,
        )
        for code, (answer, note) in answers.items()
        if code in ACCESS
    ]


def _stay_answer(kind: Kind) -> tuple[str, tuple[Answer, str]]:
    feature = "parent_stays" if kind.stays == "must_stay" else "parent_leaves"
    return feature, (Answer.YES, "")


def _add_prices(service: Service, kind: Kind, rng: Random) -> None:
    if rng.random() < 0.04:
        return
    service.costs = [
        CostOption(
            position=position,
            pence=round(rng.choice(price.pounds) * 100),
            per=price.per,
            whom=price.whom,
            note=price.note,
        )
        for position, price in enumerate(kind.prices)
    ]


def _add_contact(service: Service, organisation: Organisation, rng: Random) -> None:
    numbers = [Phone(number=names.phone(rng))] if rng.random() < 0.93 else []
    mail = organisation.email if numbers == [] or rng.random() < 0.8 else ""
    service.contacts = [
        Contact(
            name=rng.choice(names.FIRST_NAMES),
            title=rng.choice(names.JOBS),
            email=mail,
            hours=rng.choice(names.HOURS),
            phones=numbers,
        )
    ]
