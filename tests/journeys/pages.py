"""A page as a browser without scripts knows it: links, forms, and fields with or without a label."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
CONTROLS = {"input", "select", "textarea"}
NAMELESS = {"hidden", "submit", "button", "reset", "image"}
# htmx asks these by itself or at a key; a dead one is as bad as a dead link.
ASKING = ("href", "hx-get")


@dataclass
class Form:
    """Where it goes, how, and the names of its fields."""

    action: str
    method: str
    fields: list[str] = field(default_factory=list)


@dataclass
class Control:
    """A field that somebody sees."""

    what: str
    id: str
    labelled: bool


class Page(HTMLParser):
    """Read once: `links`, `forms`, `unlabelled`, `twice` (identifiers that stand more than once)."""

    def __init__(self, html: str, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.nameless_buttons: list[str] = []
        self._controls: list[Control] = []
        self._labels: set[str] = set()
        self._ids: list[str] = []
        self._open: list[str] = []
        self._form: Form | None = None
        self._button: tuple[str, bool] | None = None
        self.feed(html)

    @property
    def unlabelled(self) -> list[str]:
        return [c.what for c in self._controls if not c.labelled and c.id not in self._labels]

    @property
    def twice(self) -> set[str]:
        return {one for one in self._ids if self._ids.count(one) > 1}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self._ids.append(values["id"])
        for name in ASKING:
            if name in values and (tag == "a" or name != "href"):
                self._link(values[name])
        if tag == "form":
            action = urljoin(self.address, values.get("action", "") or self.address)
            self._form = Form(action, values.get("method", "get").lower())
            self.forms.append(self._form)
        elif tag == "label" and "for" in values:
            self._labels.add(values["for"])
        elif tag in CONTROLS:
            self._control(tag, values)
        elif tag == "button":
            named = bool(values.get("aria-label") or values.get("title"))
            self._button = (str(sorted(values.items())), named)
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if tag == "form":
            self._form = None
        if tag == "button" and self._button:
            what, named = self._button
            if not named:
                self.nameless_buttons.append(what)
            self._button = None

    def handle_data(self, data: str) -> None:
        if self._button and data.strip():
            self._button = (self._button[0], True)

    def _link(self, target: str) -> None:
        absolute = urljoin(self.address, target)
        if urlsplit(absolute).scheme in {"", "http", "https"} and not target.startswith("#"):
            self.links.append(absolute.partition("#")[0])

    def _control(self, tag: str, values: dict[str, str]) -> None:
        name, kind = values.get("name", ""), values.get("type", "text")
        if self._form is not None and name:
            self._form.fields.append(name)
        if tag == "input" and kind in NAMELESS:
            return
        inside = "label" in self._open
        told = bool(values.get("aria-label") or values.get("aria-labelledby") or values.get("title"))
        hidden = values.get("aria-hidden") == "true"
        self._controls.append(
            Control(f"{tag} {name or values.get('id', '?')}", values.get("id", ""), inside or told or hidden)
        )
