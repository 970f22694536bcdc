"""Texts that would run, if a page once showed them as anything but text."""

from html.parser import HTMLParser
from itertools import islice, product

BEFORE = (
    "",
    '">',
    "'>",
    "</title>",
    "</textarea>",
    "</script>",
    "-->",
    "]]>",
    "\u2028",
    "</option>",
)
RUNS = "document.documentElement.dataset.ran=1"
SHAPES = (
    "<script>{run}</script>",
    "<img src=x onerror={run}>",
    "<svg onload={run}>",
    "<svg><script>{run}</script></svg>",
    "<body onload={run}>",
    "<iframe srcdoc='<script>parent.{run}</script>'></iframe>",
    "<details open ontoggle={run}>",
    "<a href=javascript:{run}>x</a>",
    "<input autofocus onfocus={run}>",
    "<math><mtext><style><img src=x onerror={run}></style>",
    "<template><script>{run}</script></template>",
    "<form action=javascript:{run}><button>x</button></form>",
    "<link rel=stylesheet href=data:,*{{}}>",
    "<meta http-equiv=refresh content='0;url=javascript:{run}'>",
    "<object data=javascript:{run}></object>",
    "{{{{ 7*7 }}}}<script>{run}</script>",
)
PAYLOADS = [
    before + shape.format(run=RUNS) for before, shape in islice(product(BEFORE, SHAPES), 160)
]


class _Read(HTMLParser):
    """What a browser would take for markup that nobody of ours wrote."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name.startswith("on") or (value or "").strip().lower().startswith("javascript:"):
                self.wrong.append(f"<{tag} {name}={value}>"[:120])
        if tag == "script" and not dict(attributes).get("src", "").startswith("/assets/"):
            self.wrong.append(self.get_starttag_text() or tag)
        if tag in ("iframe", "object", "embed", "base", "math", "template"):
            self.wrong.append(tag)


def markup_of_others(page: str) -> list[str]:
    if "<html" not in page[:200]:
        return []
    reader = _Read()
    reader.feed(page)
    return sorted(set(reader.wrong))
