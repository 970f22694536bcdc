-- Whom this account may not see, whatever its role or assignments say.
CREATE OR REPLACE FUNCTION auth.excluded_survivors() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER ROWS 2 SET search_path = public, pg_catalog, pg_temp AS $$
    SELECT x.survivor_id FROM survivor_exclusion x
    WHERE x.account_id = auth.uid() AND x.from_on <= current_date
      AND (x.until_on IS NULL OR x.until_on > current_date)
$$;

-- Whose survivor is this? A dated assignment of a support worker.

CREATE OR REPLACE FUNCTION auth.own_survivors() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
    SELECT a.survivor_id FROM worker_assignment a
    WHERE a.account_id = auth.uid() AND a.from_on <= current_date
      AND (a.until_on IS NULL OR a.until_on >= current_date)
$$;

-- Somebody new belongs to nobody yet, so that the worker who adds her may take her on: in the
-- very transaction that adds her, and never again.
CREATE OR REPLACE FUNCTION auth.survivor_is_new(survivor uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM survivor s
                   WHERE s.id = survivor_is_new.survivor AND s.xmin = pg_current_xact_id()::xid)
       AND NOT EXISTS (SELECT FROM worker_assignment a
                       WHERE a.survivor_id = survivor_is_new.survivor)
$$;

REVOKE ALL ON FUNCTION auth.own_survivors(), auth.excluded_survivors(),
    auth.survivor_is_new(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION auth.own_survivors(), auth.excluded_survivors(),
    auth.survivor_is_new(uuid) TO survivor_web;
