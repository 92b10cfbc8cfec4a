"""Invented countries whose communes merge, part and change code, day after day."""

from dataclasses import dataclass, field

from hypothesis import strategies as st

from terril.analytics.geography import Event, Side, history, turns

NOTHING = Side("", "", "", "")
DAYS = [f"19{year}-01-01" for year in range(50, 56)]
BEFORE, AFTER = "1949-01-01", "1960-01-01"


def com(code, name, kind="COM"):
    return Side(kind, code, name, "0")


@dataclass
class Country:
    """Communes of a day, what each absorbed, and the events that led there."""

    live: dict[str, str]
    absorbed: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    rank: int = 0

    def side(self, code):
        return com(code, self.live[code])

    def merge(self, on, into, gone):
        """Join communes to another, which goes on."""
        whole = self.side(into)
        self.events.append(Event("33", on, whole, whole))
        for code in gone:
            self.events.append(Event("33", on, self.side(code), whole))
            self.absorbed.setdefault(into, []).append((code, self.live.pop(code)))

    def found(self, on, chief, others):
        """Make a commune nouvelle under the code of its chef-lieu."""
        self.rank += 1
        new = com(chief, f"Nouvelle {self.rank}")
        old = self.side(chief)
        self.events.append(Event("32", on, old, new))
        self.events.append(Event("32", on, old, com(chief, old.name, "COMD")))
        for code in others:
            self.events.append(Event("32", on, self.side(code), new))
            self.live.pop(code)
        self.live[chief] = new.name

    def restore(self, on, whole):
        """Give back its own life to one that was joined to another."""
        code, name = self.absorbed[whole].pop()
        kept = self.side(whole)
        self.events.append(Event("21", on, kept, com(code, name)))
        self.events.append(Event("21", on, kept, kept))
        self.live[code] = name

    def create(self, on, whole, code):
        """Make a new commune of a part of another; its code may be used again."""
        self.rank += 1
        kept, part = self.side(whole), com(code, f"Née {self.rank}")
        self.events.append(Event("20", on, kept, part))
        self.events.append(Event("20", on, kept, kept))
        self.live[code] = part.name

    def recode(self, on, code, new):
        """Move a commune to another code, as to another département."""
        old = self.side(code)
        self.events.append(Event("41", on, old, com(new, old.name)))
        self.live[new] = self.live.pop(code)
        if code in self.absorbed:
            self.absorbed[new] = self.absorbed.pop(code)

    def told(self):
        """Return the history of the country."""
        return history(self.events, {code: self.side(code) for code in self.live})


@st.composite
def countries(
    draw, kinds=("merge", "restore", "found", "create", "recode", "merge", "restore")
):
    """Draw a country of a few communes and up to six days of movements."""
    codes = [f"620{n:02}" for n in range(draw(st.integers(2, 8)))]
    country = Country({code: f"Commune {code}" for code in codes})
    for on in DAYS:
        busy = set()
        for kind in draw(st.lists(st.sampled_from(kinds), max_size=2)):
            _act(draw, country, kind, on, busy)
    return country


def _act(draw, country, kind, on, busy):
    free = sorted(set(country.live) - busy)
    if len(free) < 2:
        return
    if kind == "restore":
        _restore(draw, country, on, busy)
        return
    chosen = draw(st.lists(st.sampled_from(free), min_size=2, max_size=3, unique=True))
    spare = sorted({f"620{n:02}" for n in range(12)} - set(country.live) - busy)
    new = draw(st.sampled_from(spare)) if spare else ""
    busy.update([*chosen, new])
    if kind in ("merge", "found"):
        _join(country, kind, on, chosen)
    elif new:
        getattr(country, kind)(on, chosen[0], new)


def _join(country, kind, on, chosen):
    getattr(country, kind)(on, chosen[0], chosen[1:])
    if kind == "found":
        # A commune nouvelle divided is another story: see Bois-Guillaume.
        country.absorbed.pop(chosen[0], None)


def _restore(draw, country, on, busy):
    taken = busy | set(country.live)
    able = [
        whole
        for whole, absorbed in country.absorbed.items()
        if absorbed
        and absorbed[-1][0] not in taken
        and whole in set(country.live) - busy
    ]
    if able:
        whole = draw(st.sampled_from(able))
        busy.update([whole, country.absorbed[whole][-1][0]])
        country.restore(on, whole)


def turns_of(country):
    """Return the turns of a country, and its history."""
    told = country.told()
    return turns(told), told
