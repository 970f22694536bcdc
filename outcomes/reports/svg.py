"""Figures as stand-alone SVG and PNG: titled, described, the same bytes every time.

The pages forbid inline style, so every style becomes an attribute of its own.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
SETTINGS = {
    "svg.hashsalt": "waymark",
    "svg.fonttype": "path",
    "font.family": ["DejaVu Sans"],
    "font.size": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#0b0c0c",
    "axes.labelcolor": "#0b0c0c",
    "text.color": "#0b0c0c",
    "xtick.color": "#0b0c0c",
    "ytick.color": "#0b0c0c",
    "hatch.linewidth": 0.8,
    "figure.facecolor": "white",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn figure with its title, and a description that says what it shows."""

    title: str
    description: str
    figure: "Figure" = field(repr=False)

    @property
    def words(self) -> tuple[str, ...]:
        """Every word and number that stands in it, for whoever checks what it gives away."""
        from matplotlib.text import Text

        drawn = (text.get_text() for text in self.figure.findobj(Text) if text.get_visible())
        return (self.title, self.description, *(text for text in drawn if text))

    def svg(self) -> bytes:
        return _described(self._saved("svg"), self.title, self.description)

    def png(self) -> bytes:
        """At twice the usual sharpness, for documents that take no SVG."""
        return self._saved("png")

    def _saved(self, kind: str) -> bytes:
        written = BytesIO()
        undated = {"Date": None} if kind == "svg" else {"Software": None}
        self.figure.savefig(written, format=kind, metadata=undated, dpi=144)
        return written.getvalue()


@lru_cache(maxsize=1)
def ready_to_draw() -> None:
    """Loads matplotlib on first use and sets it up alike on every machine."""
    import matplotlib

    matplotlib.rcdefaults()
    settings: Any = matplotlib.rcParams
    settings.update(SETTINGS)


def _described(drawn: bytes, title: str, description: str) -> bytes:
    from xml.etree import ElementTree

    from defusedxml.ElementTree import fromstring

    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    root: Element = fromstring(drawn)
    _drop(root, {f"{{{SVG}}}metadata", f"{{{SVG}}}style"})
    for element in root.iter():
        _unstyle(element)
    root.attrib |= {"role": "img", "aria-labelledby": "title desc"}
    root.attrib |= {"stroke-linejoin": "round", "stroke-linecap": "butt"}
    for place, (name, text) in enumerate((("title", title), ("desc", description))):
        told = Element(f"{{{SVG}}}{name}", {"id": name})
        told.text = text
        root.insert(place, told)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _drop(element: Element, unwanted: set[str]) -> None:
    for child in list(element):
        if child.tag in unwanted:
            element.remove(child)
        else:
            _drop(child, unwanted)


def _unstyle(element: Element) -> None:
    for said in element.attrib.pop("style", "").split(";"):
        name, colon, value = said.partition(":")
        if colon:
            element.set(name.strip(), value.strip())
