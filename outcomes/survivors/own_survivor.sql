-- Whom this account may not see, whatever its role or assignments say.
CREATE OR REPLACE FUNCTION auth.excluded_survivors() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER ROWS 2 SET search_path = public, pg_catalog, pg_temp
SET timezone = 'Europe/London' AS $$
    SELECT x.survivor_id FROM survivor_exclusion x
    WHERE x.account_id = (SELECT auth.uid()) AND x.from_on <= current_date
      AND (x.until_on IS NULL OR x.until_on > current_date)
$$;

-- Whose survivor is this? A dated assignment of a support worker.

CREATE OR REPLACE FUNCTION auth.own_survivors() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp
SET timezone = 'Europe/London' AS $$
    SELECT a.survivor_id FROM worker_assignment a
    WHERE a.account_id = (SELECT auth.uid()) AND a.from_on <= current_date
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

-- The records by which the audit would tell of them: herself, who she is linked to, who supports
-- her, and that this account is kept out.
CREATE OR REPLACE FUNCTION auth.excluded_records() RETURNS SETOF text
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER ROWS 10 SET search_path = public, pg_catalog, pg_temp AS $$
    WITH hers AS MATERIALIZED (SELECT auth.excluded_survivors() AS id)
    SELECT h.id::text FROM hers h
    UNION ALL SELECT l.id::text FROM link l JOIN hers h ON h.id = l.survivor_id
    UNION ALL SELECT a.id::text FROM worker_assignment a JOIN hers h ON h.id = a.survivor_id
    UNION ALL SELECT x.id::text FROM survivor_exclusion x JOIN hers h ON h.id = x.survivor_id
$$;

-- Is there somebody whom every lead is kept out of? Nobody could then give her another worker.
-- No account is named and no record: the nightly check asks, whom nothing of hers concerns.
CREATE OR REPLACE FUNCTION auth.somebody_has_no_lead() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp
SET timezone = 'Europe/London' AS $$
    SELECT EXISTS (
        SELECT FROM survivor_exclusion x
        WHERE (x.until_on IS NULL OR x.until_on > current_date) AND NOT EXISTS (
            SELECT FROM auth.account a
            WHERE a.role = 'survivor-lead' AND a.is_active AND NOT EXISTS (
                SELECT FROM survivor_exclusion o
                WHERE o.survivor_id = x.survivor_id AND o.account_id = a.id
                  AND (o.until_on IS NULL OR o.until_on > current_date))))
$$;

REVOKE ALL ON FUNCTION auth.own_survivors(), auth.excluded_survivors(), auth.excluded_records(),
    auth.survivor_is_new(uuid), auth.somebody_has_no_lead() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION auth.somebody_has_no_lead() TO survivor_door;
GRANT EXECUTE ON FUNCTION auth.own_survivors(), auth.excluded_survivors(), auth.excluded_records(),
    auth.survivor_is_new(uuid) TO survivor_web;

-- Who may not see her may not read of her in the audit either.
CREATE POLICY excluded ON audit.entry AS RESTRICTIVE FOR SELECT TO survivor_web
    USING (row_id IS NULL OR row_id NOT IN (SELECT auth.excluded_records()));
