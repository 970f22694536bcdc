"""Roles in words."""

from app.components import Tag
from app.labels import describe
from app.roles import NAMES
from programmes.common.staff import Role

describe(Role, {role: Tag(NAMES[role]) for role in Role})
