"""What the JSON interface says of itself past its types: every refusal, and a time of day."""

from collections.abc import Iterable, Sequence
from datetime import time
from typing import TYPE_CHECKING, Any

from litestar.handlers import HTTPRouteHandler
from litestar.openapi import ResponseSpec
from litestar.openapi.spec import OpenAPIType, Schema
from litestar.plugins import OpenAPISchemaPlugin
from litestar.typing import FieldDefinition

from app.web.errors import TITLES, Problem

if TYPE_CHECKING:
    from litestar._openapi.schema_generation import SchemaCreator

PROBLEM_JSON = "application/problem+json"
REFUSALS = (400, 401, 403, 404, 409, 413, 415, 422, 429, 503)
"""A fault, 500, is not among them: nobody is told to expect one."""


class TimesOfDay(OpenAPISchemaPlugin):
    """Litestar calls a time of day a duration."""

    @staticmethod
    def is_plugin_supported_type(value: Any) -> bool:
        return value is time

    def to_openapi_schema(
        self, field_definition: FieldDefinition, schema_creator: "SchemaCreator"
    ) -> Schema:
        pattern = r"^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?$"
        return Schema(type=OpenAPIType.STRING, pattern=pattern)


def described(handlers: Sequence[Any]) -> Iterable[HTTPRouteHandler]:
    """Each route, with the refusals that it may answer."""
    for handler in handlers:
        handler.responses = {**_problems(), **(handler.responses or {})}
        yield handler


def _problems() -> dict[int, ResponseSpec]:
    return {
        status: ResponseSpec(
            Problem,
            description=TITLES[status],
            media_type=PROBLEM_JSON,
            generate_examples=False,  # they are drawn at random, and say nothing
        )
        for status in REFUSALS
    }
