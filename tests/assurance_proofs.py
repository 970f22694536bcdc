"""Which tests are shown in docs/assurance.md, under which heading, and as what."""

from typing import Any, NamedTuple


class Proof(NamedTuple):
    """One file of tests."""

    section: str
    file: str
    claim: str
    has_long_form: bool = False
    has_short_form: bool = True

    @property
    def forms(self) -> list[str]:
        return ["short"] * self.has_short_form + ["long"] * self.has_long_form


WALL, FAULTS, ATTACKS, ARITHMETIC = "The wall", "Faults", "Attacks", "Arithmetic"
SECTIONS = (WALL, FAULTS, ATTACKS, ARITHMETIC)
LONG = True


def _of(section: str, *proofs: tuple[Any, ...]) -> list[Proof]:
    return [Proof(section, f"tests/{file}.py", *rest) for file, *rest in proofs]


PROOFS = (
    *_of(
        WALL,
        ("wall/test_another_world", "With and without survivors, the same answers", LONG),
        ("wall/test_every_cell", "Every role, every route, records seen, hidden, absent", LONG),
        ("wall/test_roles_and_routes", "Every role at every route, as the table says"),
        ("wall/test_mutants", "Each guard taken away is noticed", LONG),
        ("wall/test_crawl", "What is planted in survivors' records is nowhere else", LONG),
        ("wall/test_raw_sql", "SQL as the programme side's login gets nothing"),
        ("wall/test_timing", "Hidden and absent take as long to be refused", LONG),
        ("wall/test_audit", "The audit: one entry a row, none to be tampered with"),
        ("pages/test_survivors_wall", "Her addresses are like any that does not exist"),
        ("commands/test_survivor_exclusions", "Who is kept out of a record does not see it"),
        ("commands/test_apart", "Each side served alone, with its own logins only"),
        ("house_rules/test_catalogue", "The catalogue of the live databases"),
    ),
    *_of(
        FAULTS,
        ("running/test_kill_cycles", "Database, web and jobs killed while forms are sent", LONG),
        ("running/test_faults", "Database killed, away, full", LONG),
        ("running/test_workers", "A worker process that dies is replaced"),
        ("running/test_histories", "Ten clients at once with crashes, against a model", LONG),
        ("commands/test_outbox", "Messages: none twice, none lost, none after consent", LONG),
        ("commands/test_her_messages", "Messages to survivors: only as agreed, once", LONG),
        ("commands/test_rivals", "Sixteen who want one slot: one winner", LONG),
        ("commands/test_register_rows", "One row of a register, several writers", LONG),
        ("commands/test_import_killed", "A killed import leaves all or nothing"),
        ("running/test_backup", "What a restore brings back"),
        ("running/test_sealed_file", "A sealed backup is opened by its key alone"),
        ("commands/test_retention", "Who is erased stays erased"),
        ("commands/test_keys", "Keys changed, nothing lost"),
    ),
    *_of(
        ATTACKS,
        ("attacks/test_description", "Requests drawn from the description", LONG),
        ("attacks/test_drawn_forms", "Forms filled with whatever can be typed", LONG),
        ("attacks/test_stored_scripts", "Scripts stored in every text", LONG),
        ("attacks/test_expressions", "Regular expressions against 50 kB"),
        ("attacks/test_exports_reopened", "Exports reopened by spreadsheet programs", LONG),
        ("commands/test_workbook_hostile", "Hostile workbooks and archives"),
        ("commands/test_workbook_mutations", "Workbooks broken at random", LONG),
        ("commands/test_workbook_amounts", "A book of ten years of a city", LONG),
        ("commands/test_tamperings", "The audit tampered with as superuser", LONG),
        ("commands/test_verify_audit", "The audit's chain and its anchor"),
        ("pages/test_replays", "Ended tokens and used codes played again", LONG),
        ("pages/test_sign_in", "Signing in, and limits that lock nobody else out"),
        ("pages/test_passkeys", "Passkeys"),
        ("pages/test_security_headers", "The same headers on every answer", LONG),
        ("running/test_token", "Tokens of programs, counted and revoked", LONG),
        ("attacks/test_harvest", "A program that takes all it can get"),
        ("running/test_proxy_example", "What the example proxy refuses"),
    ),
    *_of(
        ARITHMETIC,
        ("rules/test_clocks", "When each clock runs out: worked answers"),
        ("rules/test_clocks_by_the_minute", "The clocks against a slow reckoning", LONG),
        ("rules/test_working_days", "Days left out, against others' lists"),
        ("rules/test_rates", "Rates and changes equal SciPy's"),
        ("rules/test_survival", "Time to an event equals lifelines'", LONG),
        ("rules/test_placement", "Placements: allowed, and the best is found", LONG),
        ("rules/test_disclosure_exhaustive", "Every small table, released and attacked", LONG),
        ("rules/test_disclosure_puzzles", "The disclosure audit against trying every number"),
        ("rules/test_disclosure_intruder", "Invented services attacked over twelve quarters", LONG),
        ("rules/simulation_record", "What an intruder gets out of releases", LONG, False),
        ("commands/test_register_machine", "Registers, standings and report agree", LONG),
    ),
)
FILES = frozenset(one.file for one in PROOFS)
