"""The routes of contacts and statements: pages, then their JSON twins."""

from typing import Any

from app.api import statements as api_statements
from app.pages import contacts, statements

STATEMENT_PAGES: tuple[Any, ...] = (
    contacts.owed_page,
    contacts.contacts_page,
    contacts.record,
    statements.statements_page,
    statements.make_statement,
    statements.statement_page,
    statements.statement_pdf,
    statements.check_page,
)
STATEMENT_API: tuple[Any, ...] = (
    api_statements.api_owed,
    api_statements.api_contacts,
    api_statements.api_record_contact,
    api_statements.api_statements,
    api_statements.api_make_statement,
    api_statements.api_statement,
    api_statements.api_check,
)
