"""The checks of a stub file: the user's examples, and what the tester writes, early or only of what is in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property, partial

from macrohard.company.beginning import Begun, begin
from macrohard.company.brief import Brief
from macrohard.company.desk import Desk
from macrohard.company.engineers.engineering import Candidate
from macrohard.company.plan import units_by_check
from macrohard.company.properties import properties_of
from macrohard.company.stubfile import StubFile
from macrohard.company.stubplan import request_of, workshop_of
from macrohard.company.tester.acceptance import checks_of
from macrohard.company.tester.department import Written, write_all
from macrohard.company.users.usertests import user_test_checks
from macrohard.company.workshop import DEFAULT_CANDIDATES, Workshop, first_candidates
from macrohard.truth import Check, Source
from macrohard.truth.confidence import calibration_for


@dataclass
class StubChecks:
    """What is known of the functions, while it grows."""

    desk: Desk
    brief: Brief
    file: StubFile
    written: Written = field(default=Written(checks=()))
    """By the tester."""

    @cached_property
    def given(self) -> tuple[Check, ...]:
        """The examples of the docstrings and those beside them, which are the user's own, and the user's tests."""
        examples = checks_of(self.brief, self.file.examples, Source.USER)
        return *examples, *user_test_checks(self.desk.order.tests)

    @cached_property
    def properties(self) -> tuple[Check, ...]:
        """What the docstrings say of all results."""
        return properties_of(self.file.docstrings, self.brief.package, self.file.examples)

    @property
    def all(self) -> tuple[Check, ...]:
        """Those of the user, then the properties, then those of the tester."""
        return *self.given, *self.properties, *self.written.checks

    @cached_property
    def late(self) -> frozenset[str]:
        """The functions of which the tester is asked only when they are in doubt.

        Its checks cost as many tokens as six candidates. Where an example of the user sorts the candidates, and the model is
        calibrated, the others are sure without them (`docs/log.md`).
        """
        if calibration_for(self.desk.model.digest) is None:
            return frozenset()
        _, last = units_by_check(self.brief, self.given)
        return frozenset(last.values())

    def begin(self) -> list[list[Candidate]]:
        """The first candidates, while the tester writes of the functions that it is asked about early."""
        early = {stub.name for stub in self.file.stubs} - self.late
        if early:
            self.desk.say("tester", "Writing checks from the docstrings, without sight of any code.")
        tester = partial(self._write, early)
        engineers = partial(first_candidates, self.workshop(), self.desk.progress)
        begun = self.desk.step("acceptance", Begun, partial(begin, tester, engineers))
        self.written = begun.written
        return begun.candidates

    def doubted(self, names: Sequence[str]) -> Workshop:
        """The workshop with what the tester says of these functions, where it was not asked about them."""
        if wanted := self.late & set(names):
            told = ", ".join(name for name in names if name in wanted)
            self.desk.say("tester", f"Writing checks for {told}, without sight of any code.")
        more = self.desk.step("checks of what is in doubt", Written, partial(self._write, wanted))
        self.written = self.written.followed_by(more)
        return self.workshop()

    def workshop(self) -> Workshop:
        """What is known now, as the engineers and the jury need it."""
        order = self.desk.order
        count = order.candidates or DEFAULT_CANDIDATES
        return workshop_of(
            self.brief, self.file, self.all, self.written.inputs, self.desk.model, self.desk.sandbox, count, order.seed
        )

    def _write(self, names: AbstractSet[str]) -> Written:
        """The tester reads one function at a time."""
        alone = [
            self.brief.model_copy(update={"request": request_of([stub]), "functions": (function,)})
            for stub, function in zip(self.file.stubs, self.brief.functions, strict=True)
            if stub.name in names
        ]
        return write_all(alone, self.given, {}, self.desk.model, self.desk.order.seed)
