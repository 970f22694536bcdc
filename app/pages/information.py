"""The three pages that every footer leads to; they need nobody to be signed in."""

from litestar import Controller, get
from litestar.response import Template

from app.web.guard import for_everybody
from app.web.shell import AnyRequest, page


class InformationPages(Controller):
    @get("/about", sync_to_thread=False, **for_everybody())
    def about(self, request: AnyRequest) -> Template:
        return page(request, "information/about.html")

    @get("/privacy", sync_to_thread=False, **for_everybody())
    def privacy(self, request: AnyRequest) -> Template:
        return page(request, "information/privacy.html")

    @get("/accessibility", sync_to_thread=False, **for_everybody())
    def accessibility(self, request: AnyRequest) -> Template:
        return page(request, "information/accessibility.html")
