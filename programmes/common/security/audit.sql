-- The audit writes itself: no business row changes without an entry in the same transaction,
-- and entries are chained at commit, so that a long transaction holds nobody up (decision 4).

-- Why, and from the command line also who typed it: one operator stands for them all.
CREATE OR REPLACE FUNCTION audit.reason_given() RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT nullif(concat_ws('; ', nullif(current_setting('waymark.reason', true), ''),
                            nullif(current_setting('waymark.run_by', true), '')), '')
$$;

-- The midnight in London that began this day, or the Friday before where it is a weekend.
CREATE OR REPLACE FUNCTION audit.working_day(at timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT (d - greatest(extract(isodow FROM d)::int - 5, 0))::timestamp AT TIME ZONE 'Europe/London'
    FROM (SELECT (at AT TIME ZONE 'Europe/London')::date AS d) day
$$;

CREATE OR REPLACE FUNCTION audit.note_write() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    act text := nullif(current_setting('waymark.act', true), '');
    after jsonb := to_jsonb(NEW);
    before jsonb := CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(OLD) END;
    changed text[];
    -- These look the same whoever gave them, here too; the second kind also says only the day,
    -- and of a weekend its Friday, as the row does.
    names_author boolean := TG_TABLE_NAME NOT IN ('notice', 'not_offered');
    names_time boolean := TG_TABLE_NAME <> 'not_offered';
BEGIN
    IF act IS NULL THEN
        RAISE EXCEPTION 'a write to % must name its act', TG_TABLE_NAME;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        SELECT array_agg(key ORDER BY key) INTO changed
        FROM jsonb_each(after) WHERE value IS DISTINCT FROM before -> key;
    END IF;
    INSERT INTO audit.entry (id, at, account_id, role, act, operation, resource, row_id,
                             person_id, reason, columns)
    VALUES (gen_random_uuid(),
            CASE WHEN names_time THEN clock_timestamp()
                 ELSE audit.working_day(clock_timestamp()) END,
            CASE WHEN names_author THEN auth.uid() END,
            CASE WHEN names_author THEN auth.role_of() END,
            CASE WHEN names_time THEN act ELSE 'note-not-offered' END, lower(TG_OP),
            TG_TABLE_NAME, after ->> 'id',
            CASE WHEN TG_TABLE_NAME = 'person' THEN (after ->> 'id')::uuid
                 ELSE (after ->> 'person_id')::uuid END,
            CASE WHEN names_time THEN audit.reason_given() END,
            changed);
    RETURN NULL;
END
$$;

-- What leaves no changed row of its own: a reading, a disclosure, a refusal.
CREATE OR REPLACE FUNCTION audit.note(
    operation text, act text, resource text, row_id text, person_id uuid, detail jsonb
) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO audit.entry (id, at, account_id, role, act, operation, resource, row_id,
                             person_id, reason, detail)
    VALUES (gen_random_uuid(), clock_timestamp(), auth.uid(), auth.role_of(), act, operation,
            resource, row_id, person_id, audit.reason_given(),
            detail)
$$;

-- At the door nobody is signed in yet, so it names the account; only the door may call it.
CREATE OR REPLACE FUNCTION audit.note_at_door(account uuid, act text, detail jsonb) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO audit.entry (id, at, account_id, role, act, operation, resource, row_id, detail)
    SELECT gen_random_uuid(), clock_timestamp(), account,
           (SELECT a.role FROM auth.account a WHERE a.id = account),
           act, 'sign-in', 'account', account::text, detail
$$;

-- All that an entry says, as bytes. Without a search path of its own, so that it is planned
-- into the statement that asks: every name in it is whole.
CREATE OR REPLACE FUNCTION audit.said(e audit.entry) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT pg_catalog.convert_to(pg_catalog.jsonb_build_array(
        e.id, extract(epoch FROM e.at)::pg_catalog.text, e.account_id, e.role, e.act, e.operation,
        e.resource, e.row_id, e.person_id, e.reason, e.columns, e.detail
    )::pg_catalog.text, 'UTF8')
$$;

CREATE OR REPLACE FUNCTION audit.digest(e audit.entry, previous bytea) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT pg_catalog.sha256(previous OPERATOR(pg_catalog.||) audit.said(e))
$$;

-- The first of a transaction's entries to come here chains them all, and the rest find it done:
-- others wait for the lock no longer than hashing takes. An entry that the search misses (the
-- clock was set back) is chained when its own turn comes. A savepoint's rows bear a number of
-- their own, later than the transaction's: what others wrote so late and have committed, which
-- alone can be seen, is linked already.
CREATE OR REPLACE FUNCTION audit.chain() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
-- Statistics always lag behind the newest entries, which alone are looked for: by their index.
SET enable_seqscan = off AS $$
DECLARE
    last_position bigint;
    last_hash bytea;
    e record;
    entries uuid[] := '{}';
    hashes bytea[] := '{}';
BEGIN
    IF EXISTS (SELECT FROM audit.link l WHERE l.entry_id = NEW.id) THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock(7001);
    SELECT l.position, l.hash INTO last_position, last_hash
    FROM audit.link l ORDER BY l.position DESC LIMIT 1;
    last_position := coalesce(last_position, 0);
    last_hash := coalesce(last_hash, ''::bytea);
    FOR e IN
        SELECT n.id, audit.said(n) AS said FROM audit.entry n
        WHERE n.at >= now() AND age(n.xmin) <= 0
          AND NOT EXISTS (SELECT FROM audit.link l WHERE l.entry_id = n.id)
        ORDER BY n.at, n.id
    LOOP
        last_hash := sha256(last_hash || e.said);
        entries := entries || e.id;
        hashes := hashes || last_hash;
    END LOOP;
    IF NEW.id <> ALL (entries) THEN
        last_hash := audit.digest(NEW, last_hash);
        entries := entries || NEW.id;
        hashes := hashes || last_hash;
    END IF;
    INSERT INTO audit.link (id, position, entry_id, hash)
    SELECT gen_random_uuid(), last_position + n.place, n.entry_id, n.hash
    FROM unnest(entries, hashes) WITH ORDINALITY AS n (entry_id, hash, place);
    RETURN NULL;
END
$$;

DROP TRIGGER IF EXISTS chain ON audit.entry;
CREATE CONSTRAINT TRIGGER chain AFTER INSERT ON audit.entry
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.chain();

-- Every place where the chain does not hold: a changed, removed or inserted entry.
CREATE OR REPLACE FUNCTION audit.faults() RETURNS TABLE ("position" bigint, fault text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH walked AS (
        SELECT l.position, l.entry_id, l.hash,
               lag(l.hash, 1, ''::bytea) OVER (ORDER BY l.position) AS previous,
               lag(l.position, 1, 0::bigint) OVER (ORDER BY l.position) AS before
        FROM audit.link l)
    SELECT w.position, 'places before this one are missing' FROM walked w
    WHERE w.position <> w.before + 1
    UNION ALL
    SELECT w.position, 'the entry was removed' FROM walked w
    WHERE NOT EXISTS (SELECT FROM audit.entry e WHERE e.id = w.entry_id)
    UNION ALL
    SELECT w.position, 'the entry or its place was changed'
    FROM walked w JOIN audit.entry e ON e.id = w.entry_id
    WHERE w.hash <> audit.digest(e, w.previous)
    UNION ALL
    SELECT 0, 'entry ' || e.id || ' was inserted outside the chain' FROM audit.entry e
    WHERE NOT EXISTS (SELECT FROM audit.link l WHERE l.entry_id = e.id)
$$;
