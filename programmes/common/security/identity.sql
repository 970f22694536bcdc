-- Who is asking. The only source is the sign-in whose key the transaction was given:
-- the setting holds SHA-256 of the token, the table SHA-256 of that (decision 3).
--
-- `(SELECT auth.uid())` is asked once a statement; bare, in a table's condition, once for each row.

CREATE OR REPLACE FUNCTION auth.uid() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT s.account_id
    FROM auth.sign_in s
    WHERE s.token_hash = sha256(decode(current_setting('waymark.sign_in', true), 'hex'))
      AND s.ended_at IS NULL
      AND s.expires_at > now()
      AND s.last_seen_at > now() - interval '15 minutes'
    UNION ALL
    SELECT auth.uid_of_token()
$$;

CREATE OR REPLACE FUNCTION auth.role_of() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.role FROM auth.account a WHERE a.id = (SELECT auth.uid()) AND a.is_active
$$;

-- $1 and $2: by name, PostgreSQL would take the columns of that name and answer any grant at all.
CREATE OR REPLACE FUNCTION auth.scope(resource text, verb text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT g.scope
    FROM auth.permission_grant g
    WHERE g.id = (SELECT auth.role_of()) || ' ' || $1 || ':' || $2
$$;

-- Gives the transaction its identity and answers who it is; no row where nobody is signed in.
DROP FUNCTION IF EXISTS auth.enter(text);  -- what it answers cannot be changed in place
CREATE FUNCTION auth.enter(sign_in_key text)
RETURNS TABLE (account_id uuid, name text, role text, password_is_first boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM set_config('waymark.sign_in', sign_in_key, true);
    -- Another tab that notes it now will have noted it: nobody waits for that tab's whole answer.
    UPDATE auth.sign_in s SET last_seen_at = now()
    WHERE s.id IN (
        SELECT o.id FROM auth.sign_in o
        WHERE o.account_id = (SELECT auth.uid())
          AND o.token_hash = sha256(decode(sign_in_key, 'hex'))
          AND o.last_seen_at < now() - interval '1 minute'
        FOR UPDATE SKIP LOCKED);
    RETURN QUERY
        SELECT a.id, a.name, a.role, a.password_is_first
        FROM auth.account a
        JOIN auth.sign_in s ON s.account_id = a.id
        WHERE a.id = (SELECT auth.uid()) AND a.is_active
          AND s.token_hash = sha256(decode(sign_in_key, 'hex'));
END
$$;

-- Ends the transaction's own sign-in.
CREATE OR REPLACE FUNCTION auth.leave() RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE auth.sign_in s SET ended_at = now(), ended_because = 'signed out'
    WHERE s.account_id = (SELECT auth.uid()) AND s.ended_at IS NULL
      AND s.token_hash = sha256(decode(current_setting('waymark.sign_in', true), 'hex'))
$$;

-- One's own sign-ins that are live. Whoever has no sign-in of their own, as a program, has none.
CREATE OR REPLACE FUNCTION auth.own_sign_ins()
RETURNS TABLE (id uuid, started_at timestamptz, last_seen_at timestamptz, is_this boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT s.id, s.started_at, s.last_seen_at,
           s.token_hash = sha256(decode(current_setting('waymark.sign_in', true), 'hex'))
    FROM auth.sign_in s
    WHERE s.account_id = (SELECT auth.uid()) AND s.ended_at IS NULL AND s.expires_at > now()
      AND s.last_seen_at > now() - interval '15 minutes'
    ORDER BY s.started_at DESC, s.id
$$;

-- Ends one's own sign-ins but this one; answers how many.
CREATE OR REPLACE FUNCTION auth.end_other_sign_ins() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH ended AS (
        UPDATE auth.sign_in s SET ended_at = now(), ended_because = 'ended by its owner'
        FROM auth.own_sign_ins() o WHERE o.id = s.id AND NOT o.is_this
        RETURNING s.id
    )
    SELECT count(*) FROM ended
$$;

-- Sets one's own password; the door has asked for the old one and a code. Not for programs.
CREATE OR REPLACE FUNCTION auth.change_own_password(new_hash text) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    changed integer;
BEGIN
    UPDATE auth.account a SET password_hash = new_hash, password_is_first = false,
           version = a.version + 1
    WHERE a.id = (SELECT auth.uid()) AND a.is_active
      AND EXISTS (SELECT FROM auth.own_sign_ins() o WHERE o.is_this);
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed;
END
$$;

-- Whether anybody holds this passkey, removed ones too: it is told by its random id alone.
CREATE OR REPLACE FUNCTION auth.passkey_is_held(credential bytea) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM auth.passkey k WHERE k.credential_id = credential)
$$;

-- An account that is saved, with its role, state, password or code key changed or not, ends every
-- sign-in of that account at once; but not the one by which its owner changes their own password.
CREATE OR REPLACE FUNCTION auth.end_sign_ins() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.role <> OLD.role OR NEW.is_active <> OLD.is_active OR NEW.version <> OLD.version
       OR NEW.password_hash IS DISTINCT FROM OLD.password_hash THEN
        UPDATE auth.sign_in s SET ended_at = now(), ended_because = 'account changed'
        WHERE s.account_id = NEW.id AND s.ended_at IS NULL
          AND s.token_hash IS DISTINCT FROM
              sha256(decode(nullif(current_setting('waymark.sign_in', true), ''), 'hex'));
    END IF;
    RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER end_sign_ins AFTER UPDATE ON auth.account
FOR EACH ROW EXECUTE FUNCTION auth.end_sign_ins();

-- The day in London, whatever day it is where the session's clock stands: in summer the server's
-- own is a day behind for the first hour of every night.
CREATE OR REPLACE FUNCTION auth.today() RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT (now() AT TIME ZONE 'Europe/London')::date $$;
