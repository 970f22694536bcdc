"""Tables of moves as the database enforces them: generated from the code's, at every migrate."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Machine:
    """A table with a status, the table of its moves, and which moves there are.

    `moves` are (before, after, whether a reason is needed); `first` is how a history begins.
    `is_told`: a status must have its row of history; what every home begins with has none.
    """

    table: str
    history: str
    key: str
    first: str
    moves: Sequence[tuple[str, str, bool]]
    is_told: bool = True


def moves_sql(machine: Machine) -> Iterator[str]:
    """A status changes only as the table of moves says, and never without its row of history."""
    yield _function(machine)
    yield _status_follows_table(machine)
    yield _move_is_in_table(machine)
    if machine.is_told:
        yield from _status_has_its_move(machine)


def _function(machine: Machine) -> str:
    listed = ", ".join(
        f"({_quoted(before)}, {_quoted(after)}, {str(reason).lower()})"
        for before, after, reason in machine.moves
    )
    return f"""
CREATE OR REPLACE FUNCTION auth.{machine.table}_move(before text, after text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT m.needs_reason FROM (VALUES {listed}) AS m (before, after, needs_reason)
    WHERE m.before = $1 AND m.after = $2
$$;
REVOKE ALL ON FUNCTION auth.{machine.table}_move(text, text) FROM PUBLIC"""


def _status_follows_table(machine: Machine) -> str:
    name = machine.table
    return f"""
CREATE OR REPLACE FUNCTION auth.{name}_status_moves() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.status <> OLD.status AND auth.{name}_move(OLD.status, NEW.status) IS NULL THEN
        RAISE EXCEPTION 'a {name} that is % cannot become %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER status_moves BEFORE UPDATE OF status ON public.{name}
    FOR EACH ROW EXECUTE FUNCTION auth.{name}_status_moves()"""


def _move_is_in_table(machine: Machine) -> str:
    name = machine.table
    return f"""
CREATE OR REPLACE FUNCTION auth.{name}_history_moves() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE needs_reason boolean := auth.{name}_move(NEW.before, NEW.after);
BEGIN
    IF NEW.before IS NULL AND NEW.after = {_quoted(machine.first)} THEN
        RETURN NEW;
    END IF;
    IF needs_reason IS NULL OR (needs_reason AND nullif(btrim(NEW.reason), '') IS NULL) THEN
        RAISE EXCEPTION 'no such move of a {name}: % to %', NEW.before, NEW.after
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER history_moves BEFORE INSERT ON public.{machine.history}
    FOR EACH ROW EXECUTE FUNCTION auth.{name}_history_moves()"""


def _status_has_its_move(machine: Machine) -> Iterator[str]:
    """Looked at when the transaction ends: what wrote the status has written the move too."""
    name = machine.table
    yield f"""
CREATE OR REPLACE FUNCTION auth.{name}_status_is_told() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.{machine.history} m
                   WHERE m.{machine.key} = NEW.id AND m.after = NEW.status) THEN
        RAISE EXCEPTION 'the history of {name} % does not tell of %', NEW.id, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$"""
    yield f"DROP TRIGGER IF EXISTS status_is_told ON public.{name}"
    yield (
        f"CREATE CONSTRAINT TRIGGER status_is_told AFTER INSERT OR UPDATE OF status "
        f"ON public.{name} DEFERRABLE INITIALLY DEFERRED "
        f"FOR EACH ROW EXECUTE FUNCTION auth.{name}_status_is_told()"
    )


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"
