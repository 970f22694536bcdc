"""Roles in words."""

from app.labels import describe
from app.web.components import Tag
from app.web.roles import NAMES
from programmes.common.staff import Role

describe(Role, {role: Tag(NAMES[role]) for role in Role})
