"""Looks at the sign-in provider, where one is set: whether it is where it says, and its secret."""

from datetime import datetime

from app.running.check_home import others_may
from app.running.findings import Finding, fault, good
from app.settings import Settings
from app.signing_in.back_channel import ProviderAway
from app.signing_in.provider import Provider
from programmes.common.db import Side


async def check_provider(
    settings: Settings, sides: tuple[Side, ...], *, now: datetime
) -> list[Finding]:
    """Asks the provider for what it publishes, as a sign-in would."""
    set_one = settings.provider
    if set_one is None:
        return []
    if Side.WORK not in sides:
        return [
            fault(
                "provider",
                "The survivor side's surroundings name a sign-in provider, which it never uses.",
                "Take the OIDC_ lines out of them: whoever runs it must not learn who works here.",
            )
        ]
    found = []
    if set_one.secret_file is not None and others_may(set_one.secret_file):
        says = f"{set_one.secret_file} can be read by others."
        found.append(fault("provider", says, f"Run: chmod 600 '{set_one.secret_file}'"))
    try:
        await Provider(set_one).look(now)
    except ProviderAway as trouble:
        says = f"The sign-in provider cannot be used: {trouble}."
        mend = "Look at OIDC_ISSUER and at the provider. Until then everybody has their password."
        return [*found, fault("provider", says, mend)]
    return [*found, good("provider", "The sign-in provider answers, and as OIDC_ISSUER says.")]
