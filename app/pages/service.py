"""What is there for everybody: health, and the files that pages are made of."""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from app.web.guard import for_everybody
from programmes.common.errors import NotFound

ONE_YEAR = "public, max-age=31536000, immutable"


@get("/health", **for_everybody())
async def health() -> dict[str, str]:
    """That the process answers. Says nothing of what it holds."""
    return {"status": "ok"}


@get("/assets/{name:str}", include_in_schema=False, **for_everybody())
async def asset(request: Request[Any, Any, Any], name: FromPath[str]) -> Response[bytes]:
    found = request.app.state.assets.find(name)
    if found is None:
        raise NotFound
    takes_gzip = "gzip" in request.headers.get("accept-encoding", "")
    headers = {"Cache-Control": ONE_YEAR, "Vary": "Accept-Encoding"}
    if takes_gzip:
        headers["Content-Encoding"] = "gzip"
    body = found.gzipped if takes_gzip else found.body
    return Response(body, media_type=found.media_type, headers=headers)


@get("/api/v1/openapi.json", include_in_schema=False, **for_everybody())
async def openapi(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """What programs may ask, and what they are answered."""
    return request.app.openapi_schema.to_schema()


@get(["/{rest:path}", "/api/v1/{rest:path}"], include_in_schema=False, **for_everybody())
async def nothing_here(rest: FromPath[str]) -> None:
    """An address that there is not answers like a record that one may not see."""
    raise NotFound
