"""How a share is written wherever one is: pages, documents, sheets, pictures, the terminal."""


def per_cent(share: float, *, places: int = 1) -> str:
    """`81.8%` for 0.818: no space, as the Office for National Statistics and GOV.UK write it."""
    return f"{100 * share:.{places}f}%"
