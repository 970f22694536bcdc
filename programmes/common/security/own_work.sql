-- Whose person is this? A dated assignment to me, to a team of mine, or to somebody I cover;
-- or a place in a cohort that I facilitate; or a programme that my team runs.
--
-- ROWS is what the planner is to reckon with: left at its thousand, it goes through whole tables
-- rather than look up the few rows by their index. For the same reason each way of owning is a
-- join of its own, and none is an OR.
--
-- Days are London's: each function that takes `current_date` sets the time zone for itself.

CREATE OR REPLACE FUNCTION auth.stands_for() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER ROWS 2 SET search_path = public, pg_catalog, pg_temp
SET timezone = 'Europe/London' AS $$
    SELECT auth.uid()
    UNION
    SELECT c.absent_id FROM cover c
    WHERE c.covering_id = (SELECT auth.uid()) AND current_date BETWEEN c.from_on AND c.until_on
$$;

CREATE OR REPLACE FUNCTION auth.own_teams() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER ROWS 2 SET search_path = public, pg_catalog, pg_temp
SET timezone = 'Europe/London' AS $$
    SELECT m.team_id FROM team_member m
    WHERE m.account_id IN (SELECT auth.stands_for()) AND m.from_on <= current_date
      AND (m.until_on IS NULL OR m.until_on >= current_date)
    UNION
    SELECT t.id FROM team t JOIN auth.account a ON a.role = 'cara-coordinator'
    WHERE t.programme_code = 'cara' AND a.id IN (SELECT auth.stands_for())
$$;

-- Groups that are mine to run: I lead them, cover for whoever does, or my team runs the programme.
CREATE OR REPLACE FUNCTION auth.run_cohorts() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER ROWS 20 SET search_path = public, pg_catalog, pg_temp
SET timezone = 'Europe/London' AS $$
    SELECT s.cohort_id FROM cohort_staff s
    WHERE s.account_id IN (SELECT auth.stands_for())
      AND (s.until_on IS NULL OR s.until_on >= current_date)
    UNION
    SELECT c.id FROM cohort c JOIN programme p ON p.id = c.programme_id
    JOIN team t ON t.programme_code = p.code
    WHERE t.id IN (SELECT auth.own_teams())
$$;

-- Groups whose dates I may read: those, and every one that somebody assigned to me is in. Reading
-- stops there: what is written of a group is for those who run it.
CREATE OR REPLACE FUNCTION auth.own_cohorts() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER ROWS 20 SET search_path = public, pg_catalog, pg_temp
SET timezone = 'Europe/London' AS $$
    SELECT auth.run_cohorts()
    UNION
    SELECT e.cohort_id FROM (SELECT auth.stands_for() AS id) AS me
    JOIN assignment a ON a.account_id = me.id
    JOIN enrolment e ON e.person_id = a.person_id
    WHERE a.from_on <= current_date AND (a.until_on IS NULL OR a.until_on >= current_date)
    UNION
    SELECT e.cohort_id FROM (SELECT auth.own_teams() AS id) AS mine
    JOIN assignment a ON a.team_id = mine.id
    JOIN enrolment e ON e.person_id = a.person_id
    WHERE a.from_on <= current_date AND (a.until_on IS NULL OR a.until_on >= current_date)
$$;

CREATE OR REPLACE FUNCTION auth.own_people() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER ROWS 100 SET search_path = public, pg_catalog, pg_temp
SET timezone = 'Europe/London' AS $$
    WITH me AS MATERIALIZED (SELECT auth.stands_for() AS id),
    leads AS MATERIALIZED (
        SELECT s.cohort_id FROM me JOIN cohort_staff s ON s.account_id = me.id
        WHERE s.until_on IS NULL OR s.until_on >= current_date)
    SELECT a.person_id FROM me JOIN assignment a ON a.account_id = me.id
    WHERE a.from_on <= current_date AND (a.until_on IS NULL OR a.until_on >= current_date)
    UNION
    SELECT a.person_id FROM (SELECT auth.own_teams() AS id) AS mine
    JOIN assignment a ON a.team_id = mine.id
    WHERE a.from_on <= current_date AND (a.until_on IS NULL OR a.until_on >= current_date)
    UNION
    SELECT e.person_id FROM leads l JOIN enrolment e ON e.cohort_id = l.cohort_id
    UNION
    SELECT a.person_id FROM leads l JOIN session t ON t.cohort_id = l.cohort_id
    JOIN appointment a ON a.session_id = t.id
    WHERE a.given_up_at IS NULL
$$;

CREATE OR REPLACE FUNCTION auth.excluded_people() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER ROWS 2 SET search_path = public, pg_catalog, pg_temp
SET timezone = 'Europe/London' AS $$
    SELECT x.person_id FROM exclusion x
    WHERE x.account_id = (SELECT auth.uid()) AND x.from_on <= current_date
      AND (x.until_on IS NULL OR x.until_on >= current_date)
$$;

-- Whose records I may read: my own people's, and for their hour those that I opened in an emergency:
-- in person, not by a program that has my token.
CREATE OR REPLACE FUNCTION auth.readable_people() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER ROWS 100 SET search_path = public, pg_catalog, pg_temp AS $$
    SELECT auth.own_people()
    UNION ALL
    SELECT o.person_id FROM emergency_opening o
    WHERE o.account_id = (SELECT auth.uid()) AND o.until_at > now() AND (SELECT auth.uid_of_token()) IS NULL
$$;

-- Opens one record for an hour to somebody who has signed in and who knows whose it is. Null where
-- none fits, where several do, and alike where the one is hidden from whoever asks.
CREATE OR REPLACE FUNCTION auth.open_in_emergency(
    opening uuid, surname text, born date, known_as text, why text
) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
DECLARE
    found uuid[];
BEGIN
    IF auth.scope('emergency', 'create') IS NULL
       OR NOT EXISTS (SELECT FROM auth.own_sign_ins() s WHERE s.is_this) THEN
        RETURN NULL;
    END IF;
    SELECT array_agg(p.id) INTO found FROM person p
    WHERE lower(p.last_name) = lower(surname) AND p.date_of_birth = born
      AND p.merged_into IS NULL AND known_as IN ('', p.reference)
      AND p.id NOT IN (SELECT auth.excluded_people());
    IF cardinality(found) IS DISTINCT FROM 1 THEN
        RETURN NULL;
    END IF;
    INSERT INTO emergency_opening (id, person_id, account_id, reason, opened_at, until_at)
    VALUES (opening, found[1], auth.uid(), why, now(), now() + interval '1 hour');
    RETURN found[1];
END
$$;

-- Whose record a reference names, to an auditor who asks the audit about it. The id and nothing
-- else: auditors see no record. Null where it names nobody, and alike where he is hidden from them.
CREATE OR REPLACE FUNCTION auth.audited_person(reference text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
    SELECT p.id FROM person p
    WHERE p.reference = upper($1) AND (SELECT auth.role_of()) = 'auditor'
      AND p.id NOT IN (SELECT auth.excluded_people())
$$;

-- Somebody new belongs to nobody yet, so that whoever adds him may take him on: in the very
-- transaction that adds him, and never again. For everybody else he is as good as absent.
CREATE OR REPLACE FUNCTION auth.person_is_new(person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM person p
                   WHERE p.id = person AND p.xmin = pg_current_xact_id()::xid)
       AND NOT EXISTS (SELECT FROM assignment a WHERE a.person_id = person)
$$;

-- Children of whom one may know nothing, because one may not of any of those they belong to.
CREATE OR REPLACE FUNCTION auth.excluded_children() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
    SELECT c.child_id FROM person_child c
    WHERE c.person_id IN (SELECT auth.excluded_people())
      AND NOT EXISTS (SELECT FROM person_child o WHERE o.child_id = c.child_id
                      AND o.person_id NOT IN (SELECT auth.excluded_people()))
$$;

REVOKE ALL ON FUNCTION auth.person_is_new(uuid), auth.excluded_children(), auth.stands_for(), auth.own_teams(), auth.run_cohorts(), auth.own_cohorts(),
    auth.own_people(), auth.readable_people(), auth.excluded_people(),
    auth.open_in_emergency(uuid, text, date, text, text), auth.audited_person(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION auth.person_is_new(uuid), auth.excluded_children(), auth.stands_for(), auth.own_teams(), auth.run_cohorts(), auth.own_cohorts(),
    auth.own_people(), auth.readable_people(), auth.excluded_people(),
    auth.open_in_emergency(uuid, text, date, text, text), auth.audited_person(text) TO work_web;

-- Who may not see a person may not see, nor lift, what says so; nor read of him in the audit.
CREATE POLICY unseen ON exclusion AS RESTRICTIVE FOR SELECT TO work_web
    USING (person_id NOT IN (SELECT auth.excluded_people()));
CREATE POLICY unlifted ON exclusion AS RESTRICTIVE FOR UPDATE TO work_web
    USING (person_id NOT IN (SELECT auth.excluded_people()));
CREATE POLICY excluded ON emergency_opening AS RESTRICTIVE TO work_web
    USING (person_id NOT IN (SELECT auth.excluded_people()));
CREATE POLICY excluded ON audit.entry AS RESTRICTIVE FOR SELECT TO work_web
    USING (person_id IS NULL OR person_id NOT IN (SELECT auth.excluded_people()));
CREATE POLICY excluded ON child AS RESTRICTIVE FOR SELECT TO work_web
    USING (id NOT IN (SELECT auth.excluded_children()));

-- The survivor side's two logins; which columns they read or add is generated with the policies.
GRANT USAGE ON SCHEMA public TO work_bridge_reader, work_bridge_writer;
