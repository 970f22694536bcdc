"""What the database says of a right is what the permission table says."""

import pytest

from programmes.common.db import fetch_value
from programmes.common.permissions import Permission, Resource, Verb, grant_of
from programmes.common.staff import PEOPLE_ROLES, Role
from tests.cast import Company


@pytest.mark.parametrize("role", PEOPLE_ROLES)
async def test_the_database_knows_each_right_of_a_role_and_no_other(
    company: Company, role: Role
) -> None:
    async with company.acting(role):
        for resource in Resource:
            for verb in Verb:
                grant = grant_of(role, Permission(resource, verb))
                found = await fetch_value("SELECT auth.scope($1, $2)", resource, verb)
                assert found == (grant.scope if grant else None), f"{role} {resource}:{verb}"
