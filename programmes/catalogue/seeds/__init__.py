"""The programmes that Leeds begins with, each as a dated version with its sources."""

from programmes.catalogue.seeds.cara import CARA
from programmes.catalogue.seeds.caring_dads import CARING_DADS
from programmes.catalogue.seeds.dvpp import DVPP
from programmes.catalogue.words import (
    Programme,
    ProgrammeStatus,
)

PROGRAMMES: tuple[Programme, ...] = (
    Programme(
        code="caring-dads",
        name="Caring Dads",
        status=ProgrammeStatus.OPEN,
        versions=(CARING_DADS,),
    ),
    Programme(code="cara", name="CARA", status=ProgrammeStatus.OPEN, versions=(CARA,)),
    Programme(code="dvpp", name="DVPP", status=ProgrammeStatus.PLANNED, versions=(DVPP,)),
)
