"""A program that asks for an officer's caseload."""

from app.demo.context import DemoContext
from app.signing_in.asked_tokens import make_token


async def load(context: DemoContext) -> None:
    async with context.acting("ask-for-token") as operator:
        await make_token(
            "probation@waymark.example",
            name="Probation case system",
            days=60,
            may_write=False,
            actor=operator,
            now=context.now,
        )
