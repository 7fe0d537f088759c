"""The form of “Could my child go?”: an answer and a note for each kind of help."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from app import draft as drafts
from app.draft_words import ANSWERS, REGULATORS, STAYS
from app.forms import line, words
from app.languages import gettext
from app.provider.fields import ChooseOne, Whole, choices, web_address
from app.provider.forms import ADDRESS, MEDIUM_TEXT, PartForm
from app.states import Answer, Stays
from app.vocabulary import ACCESS

NOT_SAID = ""
MOST_PEOPLE = 99
GROUPS = (
    (_l("The place"), ("step_free", "wheelchair", "accessible_toilet", "changing_places", "hoist",
                       "pool_hoist", "hydro_pool", "blue_badge", "minibus", "public_transport",
                       "secure_site", "quiet_space", "sensory_room", "hearing_loop")),
    (_l("How you work"), ("relaxed_session", "small_group", "one_to_one", "two_to_one", "taster",
                          "siblings_welcome", "parent_stays", "parent_leaves", "assistance_dogs",
                          "adapted_equipment", "easy_read", "visual_timetable")),
    (_l("Care and staff"), ("personal_care", "medicine", "epilepsy_rescue", "tube_feeding",
                            "nurse_on_site", "behaviour_trained", "autism_trained", "makaton",
                            "bsl", "pecs_aac", "vi_support")),
)  # fmt: skip
"""Every kind of help, in three heaps of a size to think about."""


class CouldForm(PartForm):
    """Could my child go?"""

    adults = Whole(_l("Adults"), 1, MOST_PEOPLE)
    children = Whole(_l("Children"), 1, MOST_PEOPLE)
    training = words(_l("What have staff learned?"), MEDIUM_TEXT)
    trial_visit = words(_l("Can a child try it first?"), MEDIUM_TEXT)
    stays = ChooseOne(_l("Does a parent stay?"), choices=choices(STAYS.items()))
    stays_note = words(_l("More about staying"), MEDIUM_TEXT)
    transport = words(_l("How do children get there?"), MEDIUM_TEXT)
    regulator = ChooseOne(_l("Who are you registered with?"), choices=choices(REGULATORS.items()))
    registration = line(_l("Your number there"), 40)
    send_report_url = line(_l("Web page on how you help children with SEND"), ADDRESS, web_address)
    all_checked = BooleanField(_l("I have checked every answer on this page today"))

    @staticmethod
    def values(part: drafts.Could) -> dict[str, Any]:
        """Each answer and note in a field of its own."""
        said = {item.feature: item for item in part.support}
        answers = {f"answer_{code}": said[code].answer if code in said else "" for code in ACCESS}
        notes = {f"note_{code}": said[code].note if code in said else "" for code in ACCESS}
        return {**PartForm.values(part), **answers, **notes}

    def settle(self) -> None:
        """Offer also a regulator that only the stored section knows."""
        stored = self.old.regulator
        if stored not in REGULATORS:
            pairs = [*REGULATORS.items(), (stored, stored)]
            self.regulator.choices = choices(pairs)

    def validate(self, extra_validators: Any = None) -> bool:
        """Also a note has an answer beside it, and adults and children come together."""
        is_right = bool(super().validate(extra_validators))
        for code in ACCESS:
            if self[f"note_{code}"].data and not self[f"answer_{code}"].data:
                self[f"answer_{code}"].errors = [gettext("Choose an answer for your note.")]
                is_right = False
        if (self.adults.data is None) != (self.children.data is None) and is_right:
            empty = self.adults if self.adults.data is None else self.children
            empty.errors = [gettext("Type both numbers, or none.")]
            is_right = False
        return is_right

    def part(self) -> drafts.Could:
        """The section that was typed. What is said anew is dated today, as is all when ticked."""
        return drafts.Could(
            self._support(),
            self.adults.data,
            self.children.data,
            self.training.data,
            self.trial_visit.data,
            Stays(self.stays.data or Stays.UNKNOWN),
            self.stays_note.data,
            self.transport.data,
            self.regulator.data or "",
            self.registration.data,
            self.send_report_url.data,
            self.today if self.all_checked.data else self.old.checked,
        )

    def _support(self) -> tuple[drafts.Support, ...]:
        held = {item.feature: item for item in self.old.support}
        found = [item for item in self.old.support if item.feature not in ACCESS]
        for code in ACCESS:
            answer, note = self[f"answer_{code}"].data, self[f"note_{code}"].data
            if answer:
                found.append(self._one(held.get(code), code, Answer(answer), note))
        return tuple(sorted(found, key=lambda item: item.feature))

    def _one(
        self, held: drafts.Support | None, code: str, answer: Answer, note: str
    ) -> drafts.Support:
        is_same = held is not None and (held.answer, held.note) == (answer, note)
        keeps = is_same and held is not None and not self.all_checked.data
        return drafts.Support(code, answer, note, held.checked if keeps and held else self.today)


_ANSWERS = [*ANSWERS.items(), (NOT_SAID, _l("Not said"))]
for _code in ACCESS:
    _label = ACCESS[_code].label
    setattr(CouldForm, f"answer_{_code}", ChooseOne(_label, choices=choices(_ANSWERS)))
    setattr(CouldForm, f"note_{_code}", line(_l("Note"), MEDIUM_TEXT))
