"""Which papers are taken as evidence of an absence: told by their first bytes, never by a name."""

from programmes.common.errors import Invalid

MOST_BYTES = 5 * 1024 * 1024
_BEGINNINGS = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


def media_type_of(content: bytes) -> str:
    """Raises Invalid for nothing, for too much, and for anything but PDF, JPEG or PNG."""
    if not content:
        raise Invalid({"file": "Choose a file"})
    if len(content) > MOST_BYTES:
        raise Invalid({"file": "The file must be smaller than 5 MB"})
    for beginning, media_type in _BEGINNINGS.items():
        if content.startswith(beginning):
            return media_type
    raise Invalid({"file": "The file must be a PDF, a JPEG or a PNG picture"})
