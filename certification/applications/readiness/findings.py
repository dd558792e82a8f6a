"""Everything that is missing, weak or worth a look, group by group."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.template.defaultfilters import date as formatted
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from certification.applications.models import Application
from certification.applications.reading import Progress, Row, missing
from certification.markup import word_count
from institutions.models import Evidence

from . import evidence as weighing

SHORT = 20  # words: too few to say what is done, with whom, and what came of it


@dataclass(frozen=True)
class Finding:
    """One thing to mend: where (a criterion's code or the title of evidence), what, and the way."""

    about: str
    text: str
    url: str


@dataclass(frozen=True)
class Group:
    """Like findings; `advice` says what to do about all of them."""

    title: str | Promise
    advice: str | Promise
    findings: list[Finding]


@dataclass(frozen=True)
class Findings:
    """`lacking` keeps the application from being submitted, `weak` costs points, `worth_a_look`
    may well be as it should.
    """

    lacking: list[Group] = field(default_factory=list)
    weak: list[Group] = field(default_factory=list)
    worth_a_look: list[Group] = field(default_factory=list)

    @property
    def count_lacking(self) -> int:
        return sum(len(group.findings) for group in self.lacking)

    @property
    def count_weak(self) -> int:
        return sum(len(group.findings) for group in self.weak)

    @property
    def count_worth_a_look(self) -> int:
        return sum(len(group.findings) for group in self.worth_a_look)


def find(
    application: Application,
    rows: list[Row],
    *,
    comments: dict[int, int],
    today: date,
    where: Callable[[Row, str], str],
) -> Findings:
    """Look at the rows (those that can be written now), whose criteria have their evidence types.

    `comments` are open threads by criterion; `where(row, part)` is the address at which this
    person mends that part of an answer: "", "dowody" or "komentarze". One query.
    """
    look = _Look(application, rows, comments, today, where)
    return Findings(
        lacking=_kept([look.unanswered(), look.unconfirmed()]),
        weak=_kept([look.documents(), look.unsupported(), look.older(), look.short(), look.long()]),
        worth_a_look=_kept(
            [
                look.comments_open(),
                look.newer(),
                look.undated(),
                look.links_alone(),
                look.everywhere(),
            ]
        ),
    )


def _kept(groups: list[Group]) -> list[Group]:
    return [group for group in groups if group.findings]


class _Look:
    """The groups, made from one reading of the application."""

    def __init__(
        self,
        application: Application,
        rows: list[Row],
        comments: dict[int, int],
        today: date,
        where: Callable[[Row, str], str],
    ) -> None:
        self.application, self.rows, self.where = application, rows, where
        self.comments = comments
        self.start = weighing.period_start(application, today)
        self.missing = missing(application, rows)
        self.cited = weighing.by_evidence(rows)
        self.newest = weighing.newest_versions(rows)
        self.undocumented = [row for row in rows if _is_undocumented(row)]
        self.met_from = application.standard_set.met_from

    def _of(self, row: Row, text: str, part: str = "") -> Finding:
        return Finding(row.criterion.code, text, self.where(row, part))

    def unanswered(self) -> Group:
        return Group(
            gettext_lazy("Not answered yet"),
            gettext_lazy(
                "Each criterion needs a text and a self-rating; without them nothing can be sent."
            ),
            [self._of(row, _lack(row)) for row in self.missing.unanswered],
        )

    def unconfirmed(self) -> Group:
        return Group(
            gettext_lazy("Taken over and not confirmed"),
            gettext_lazy("Read what you wrote the last time; confirm it or write it anew."),
            [self._of(row, _("to be confirmed")) for row in self.missing.unconfirmed],
        )

    def documents(self) -> Group:
        """What is asked of one kind of institution alone is asked of its documents."""
        return Group(
            gettext_lazy("Required documents that are not cited"),
            gettext_lazy(
                "These criteria are about what stands in your documents: cite the document itself."
            ),
            [self._of(row, _kinds(row), "dowody") for row in self.undocumented],
        )

    def unsupported(self) -> Group:
        found = [row for row in self.missing.unsupported if row not in self.undocumented]
        return Group(
            gettext_lazy("Rated as met, without evidence"),
            gettext_lazy(
                "Assessors believe what they can see: cite something, or say in the text where to "
                "see it."
            ),
            [self._of(row, _("nothing is cited"), "dowody") for row in found],
        )

    def older(self) -> Group:
        """Answers all of whose dated evidence is older than the time that is assessed."""
        found = []
        for row in self.rows:
            dated = [
                citation.revision.evidence
                for citation in row.citations
                if not weighing.is_undated(citation.revision.evidence)
            ]
            if dated and all(weighing.is_older(one, self.start) for one in dated):
                last = max(one.occurred_to for one in dated if one.occurred_to)
                text = _("the latest evidence is of %(day)s") % {"day": formatted(last, "j E Y")}
                found.append(self._of(row, text, "dowody"))
        advice = _(
            "You are assessed by the time since %(day)s. Add something newer; if an older document "
            "still holds, leave the last day of its time empty."
        )
        return Group(
            gettext_lazy("Evidence older than the time that is assessed"),
            advice % {"day": formatted(self.start, "j E Y")},
            found,
        )

    def short(self) -> Group:
        found = [
            self._of(row, _count_words(words))
            for row, words in self._rated_met()
            if 0 < words < SHORT
        ]
        return Group(
            gettext_lazy("Rated as met in very few words"),
            gettext_lazy("Say what you do, with whom, how often, and what came of it."),
            found,
        )

    def long(self) -> Group:
        found = [
            self._of(row, _over(words, row.criterion.word_limit))
            for row, words in self._words()
            if row.criterion.word_limit and words > row.criterion.word_limit
        ]
        return Group(
            gettext_lazy("Longer than the limit"),
            gettext_lazy("Shorten it: put details into evidence and cite its page."),
            found,
        )

    def comments_open(self) -> Group:
        found = [
            self._of(row, _open(self.comments[row.criterion.pk]), "komentarze")
            for row in self.rows
            if self.comments.get(row.criterion.pk)
        ]
        return Group(
            gettext_lazy("Comments that are not settled"),
            gettext_lazy("A colleague may still wait for something here."),
            found,
        )

    def newer(self) -> Group:
        found = []
        for row in self.rows:
            stale = {
                citation.revision.evidence.title: self.newest[citation.revision.evidence_id]
                for citation in row.citations
                if self.newest[citation.revision.evidence_id] > citation.revision.number
            }
            found += [
                self._of(row, _newer(title, number), "dowody") for title, number in stale.items()
            ]
        return Group(
            gettext_lazy("A newer version is in the library"),
            gettext_lazy(
                "If it says more, cite it instead: one button beside the evidence does it."
            ),
            found,
        )

    def undated(self) -> Group:
        return self._about_evidence(
            gettext_lazy("Evidence that names no time"),
            gettext_lazy(
                "Say what time it concerns, so that an assessor knows whether it is of this period."
            ),
            [(one, "") for one in self.cited if weighing.is_undated(one)],
        )

    def links_alone(self) -> Group:
        found = [row for row in self.rows if weighing.is_only_links(row.citations)]
        return Group(
            gettext_lazy("Nothing but links"),
            gettext_lazy(
                "A page may change or vanish before it is read. Keep a copy as a PDF, too."
            ),
            [self._of(row, _("only links are cited"), "dowody") for row in found],
        )

    def everywhere(self) -> Group:
        often = {
            one: len(rows) for one, rows in self.cited.items() if len(rows) > weighing.EVERYWHERE
        }
        return self._about_evidence(
            gettext_lazy("The same piece cited very often"),
            gettext_lazy(
                "Name the page for each criterion, or cite something that shows just that."
            ),
            [(one, _cited_in(number)) for one, number in often.items()],
        )

    def _about_evidence(
        self, title: Promise, advice: Promise, found: list[tuple[Evidence, str]]
    ) -> Group:
        return Group(
            title,
            advice,
            [
                Finding(one.title, text, reverse("evidence_detail", args=[one.pk]))
                for one, text in found
            ],
        )

    def _words(self) -> list[tuple[Row, int]]:
        return [(row, word_count(row.answer.text)) for row in self.rows if row.answer]

    def _rated_met(self) -> list[tuple[Row, int]]:
        return [(row, words) for row, words in self._words() if self._is_met(row)]

    def _is_met(self, row: Row) -> bool:
        rating = row.answer.self_rating if row.answer else None
        return rating is not None and rating.value is not None and rating.value >= self.met_from


def _lack(row: Row) -> str:
    if not row.has_text and not row.has_rating:
        return _("a text and a self-rating are missing")
    return _("a self-rating is missing") if row.has_text else _("a text is missing")


def _is_undocumented(row: Row) -> bool:
    """Begun, asked of this kind of institution alone, and without a document of a usual kind."""
    if row.criterion.standard.applies_to_all or row.progress == Progress.EMPTY:
        return False
    usual = {kind.pk for kind in row.criterion.evidence_types.all()}
    cited = {citation.revision.evidence.type_id for citation in row.citations}
    return bool(usual) and not usual & cited


def _kinds(row: Row) -> str:
    return "; ".join(str(kind) for kind in row.criterion.evidence_types.all())


def _count_words(number: int) -> str:
    return ngettext("%(number)s word", "%(number)s words", number) % {"number": number}


def _over(number: int, limit: int) -> str:
    return _("%(words)s, and the limit is %(limit)s") % {
        "words": _count_words(number),
        "limit": limit,
    }


def _open(number: int) -> str:
    return ngettext("%(number)s open comment", "%(number)s open comments", number) % {
        "number": number
    }


def _newer(title: str, number: int) -> str:
    return _("“%(title)s” has version %(number)s") % {"title": title, "number": number}


def _cited_in(number: int) -> str:
    return ngettext("cited in %(number)s criterion", "cited in %(number)s criteria", number) % {
        "number": number
    }
