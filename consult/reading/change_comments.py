"""What is said beside a change of a redline: the comments that caused it, and how many there are."""

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from consult.analysis.outcomes import Cause
from consult.i18n import _
from consult.reading.change_notes import filled, put_in
from consult.reading.figures import Tally
from consult.reading.marked_versions import Redline, Spot
from consult.reading.rendering import heat
from consult.web import Request

_CAUSE = Markup('<a href="{}"><bdi>{}</bdi></a>')
_TALK = Markup('<p class="talk"><a href="p/{}"><span class="count {}">{}</span>{}</a></p>')

BECAUSE = _("Because of ${names}")
NAMED = 3  # people whose comments caused a change; where there are more, they are counted


class Remarks:
    """Writes them; `became` says with which paragraph the comments on one that is no more count."""

    def __init__(
        self,
        request: Request,
        counted: Tally,
        causes: Iterable[Cause],
        became: Mapping[int, int],
    ) -> None:
        self.request = request
        self.localizer = request.localizer
        self.counted = counted
        self.became = became
        self.causes: dict[int, list[Cause]] = {}
        for cause in causes:
            home = became.get(cause.paragraph_id, cause.paragraph_id)
            self.causes.setdefault(home, []).append(cause)

    def filled(self, redline: Redline) -> Markup:
        """Return the redline's text with a remark in each of its spots."""
        parts: list[Markup] = []
        for spot in redline.spots:
            parts += (spot.before, self.remark(spot) if spot.paragraph_ids else Markup(""))
        return Markup("").join(parts)

    def remark(self, spot: Spot) -> Markup:
        """Return what is said in a spot; "" where there is nothing to say."""
        homes = dict.fromkeys(self.became.get(i, i) for i in spot.paragraph_ids)
        causes = [cause for home in homes for cause in self.causes.get(home, ())]
        n = sum(self.counted.of(home).n for home in homes)
        return self._because(causes, spot) + self._talk(n, spot)

    def _because(self, causes: Sequence[Cause], spot: Spot) -> Markup:
        if not causes:
            return Markup("")
        names = Markup(", ").join(
            _CAUSE.format(
                self.request.route_path("comment", public_id=cause.public_id), cause.author_name
            )
            for cause in causes[:NAMED]
        )
        others = len(causes[NAMED:])
        if others:
            said = self.localizer.pluralize(
                "${names} and ${n} other", "${names} and ${n} others", others, domain="consult"
            )
            names = put_in(said, names=names, n=str(others))
        said = filled(self.localizer, BECAUSE, names=names)
        return Markup('<p class="because">{}</p>').format(said)

    def _talk(self, n: int, spot: Spot) -> Markup:
        if not n:
            return Markup("")
        said = self.localizer.pluralize(
            "comment on ${name}", "comments on ${name}", n, domain="consult"
        )
        return _TALK.format(spot.key, heat(n), n, put_in(said, name=spot.name))
