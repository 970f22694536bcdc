-- What Piccolo's columns cannot say. Every statement may run again on every `migrate`.

DO $$ BEGIN
    IF to_regtype('public.uuidrange') IS NULL THEN
        CREATE TYPE public.uuidrange AS RANGE (subtype = uuid);
    END IF;
    IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'booking_one_place_at_a_time') THEN
        ALTER TABLE booking ADD CONSTRAINT booking_one_place_at_a_time EXCLUDE USING gist (
            uuidrange(what, what, '[]') WITH &&,
            tstzrange(starts_at, ends_at) WITH &&
        ) WHERE (released_at IS NULL);
    END IF;
END $$;

-- One live place a person and programme.
CREATE UNIQUE INDEX IF NOT EXISTS enrolment_one_live ON enrolment (person_id, programme_id)
    WHERE status IN ('enrolled', 'paused');
CREATE UNIQUE INDEX IF NOT EXISTS attendance_mark_one_current
    ON attendance_mark (session_id, enrolment_id) WHERE is_current;
CREATE INDEX IF NOT EXISTS attendance_mark_of_person
    ON attendance_mark (person_id, held_at DESC) WHERE is_current;
CREATE INDEX IF NOT EXISTS attendance_mark_held ON attendance_mark (held_at) WHERE is_current;
CREATE INDEX IF NOT EXISTS session_of_cohort ON session (cohort_id, starts_at);
CREATE INDEX IF NOT EXISTS cohort_staff_of_account ON cohort_staff (account_id, cohort_id);

-- A cancelled session keeps its number beside the one that is held in its place; an extra bears
-- the number of the session that it gives again.
CREATE UNIQUE INDEX IF NOT EXISTS session_one_to_hold ON session (cohort_id, number)
    WHERE status = 'planned' AND kind <> 'extra';
CREATE UNIQUE INDEX IF NOT EXISTS appointment_one_for_each ON appointment (enrolment_id, number)
    WHERE given_up_at IS NULL;
CREATE INDEX IF NOT EXISTS booking_of_what ON booking (what, starts_at) WHERE released_at IS NULL;
CREATE INDEX IF NOT EXISTS booking_of_session ON booking (session_id) WHERE released_at IS NULL;

-- What a calendar program may see with nothing but the address it was given.
CREATE OR REPLACE FUNCTION auth.sessions_for_feed(hash bytea)
RETURNS TABLE (id uuid, starts_at timestamptz, ends_at timestamptz, cohort text, room text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
    SELECT s.id, s.starts_at, s.ends_at, c.reference, r.code
    FROM calendar_feed f JOIN auth.account a ON a.id = f.account_id AND a.is_active
    JOIN session s ON s.facilitators ? (f.account_id)::text
        OR (s.facilitators IS NULL AND EXISTS (
            SELECT FROM cohort_staff k WHERE k.cohort_id = s.cohort_id
            AND k.account_id = f.account_id AND k.until_on IS NULL))
    JOIN cohort c ON c.id = s.cohort_id JOIN room r ON r.id = s.room_id
    WHERE f.token_hash = hash AND f.revoked_at IS NULL AND s.status = 'planned'
      AND s.starts_at > now() - interval '90 days'
    UNION ALL
    SELECT p.id, p.starts_at, p.ends_at, c.reference, r.code
    FROM calendar_feed f JOIN auth.account a ON a.id = f.account_id AND a.is_active
    JOIN appointment p ON p.facilitator_id = f.account_id AND p.given_up_at IS NULL
    JOIN cohort c ON c.id = p.cohort_id JOIN room r ON r.id = p.room_id
    WHERE f.token_hash = hash AND f.revoked_at IS NULL AND p.starts_at > now() - interval '90 days'
    ORDER BY 2
$$;
REVOKE ALL ON FUNCTION auth.sessions_for_feed(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION auth.sessions_for_feed(bytea) TO work_web;
CREATE OR REPLACE FUNCTION auth.is_live_feed(hash bytea) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM calendar_feed f JOIN auth.account a ON a.id = f.account_id
                   WHERE f.token_hash = hash AND f.revoked_at IS NULL AND a.is_active)
$$;
REVOKE ALL ON FUNCTION auth.is_live_feed(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION auth.is_live_feed(bytea) TO work_web;

-- Whoever plans must know that a room or a colleague is taken, though the group is not theirs;
-- which group it is stands with rooms and staff alone. A time booked for one person alone stands
-- under its own id, so that a change of its session does not look past it.
CREATE OR REPLACE FUNCTION auth.taken_times(whats uuid[], from_at timestamptz, until_at timestamptz)
RETURNS TABLE (what uuid, kind text, starts_at timestamptz, ends_at timestamptz, session_id uuid,
               cohort_reference text, number integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
    SELECT b.what, b.kind, b.starts_at, b.ends_at, coalesce(b.appointment_id, b.session_id),
           CASE WHEN b.kind <> 'participant' THEN c.reference END,
           CASE WHEN b.kind <> 'participant' THEN s.number END
    FROM booking b JOIN session s ON s.id = b.session_id JOIN cohort c ON c.id = b.cohort_id
    WHERE b.what = ANY(whats) AND b.released_at IS NULL
      AND b.starts_at < until_at AND b.ends_at > from_at
      AND auth.scope('cohorts', 'read') IS NOT NULL
$$;
REVOKE ALL ON FUNCTION auth.taken_times(uuid[], timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION auth.taken_times(uuid[], timestamptz, timestamptz) TO work_web;

-- The same for given times alone, found by the index of the constraint itself.
CREATE OR REPLACE FUNCTION auth.taken_during(
    whats uuid[], from_ats timestamptz[], until_ats timestamptz[])
RETURNS TABLE (what uuid, kind text, starts_at timestamptz, ends_at timestamptz, session_id uuid,
               cohort_reference text, number integer)
LANGUAGE sql STABLE ROWS 5 SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
    SELECT DISTINCT b.what, b.kind, b.starts_at, b.ends_at, b.session_id,
           CASE WHEN b.kind <> 'participant' THEN c.reference END,
           CASE WHEN b.kind <> 'participant' THEN s.number END
    FROM unnest(whats, from_ats, until_ats) AS w (what, from_at, until_at)
    JOIN booking b ON b.released_at IS NULL
        AND uuidrange(b.what, b.what, '[]') && uuidrange(w.what, w.what, '[]')
        AND tstzrange(b.starts_at, b.ends_at) && tstzrange(w.from_at, w.until_at)
    JOIN session s ON s.id = b.session_id JOIN cohort c ON c.id = b.cohort_id
    WHERE auth.scope('cohorts', 'read') IS NOT NULL
$$;
REVOKE ALL ON FUNCTION auth.taken_during(uuid[], timestamptz[], timestamptz[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION auth.taken_during(uuid[], timestamptz[], timestamptz[]) TO work_web;

-- Groups and rooms bear plain numbers, which say nothing of a programme or a place.
CREATE OR REPLACE FUNCTION auth.next_number(of text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
DECLARE found integer;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('next-number-' || of, 6));
    IF of = 'cohort' THEN
        SELECT max(reference::integer) INTO found FROM cohort WHERE reference ~ '^[0-9]{1,6}$';
    ELSE
        SELECT max(code::integer) INTO found FROM room WHERE code ~ '^[0-9]{1,6}$';
    END IF;
    RETURN coalesce(found, 0) + 1;
END $$;
REVOKE ALL ON FUNCTION auth.next_number(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION auth.next_number(text) TO work_web;

-- One open correction a mark.
CREATE UNIQUE INDEX IF NOT EXISTS mark_correction_one_open
    ON mark_correction (mark_id) WHERE settled_at IS NULL;

-- The current one of each.
CREATE UNIQUE INDEX IF NOT EXISTS session_note_one_current
    ON session_note (session_id) WHERE is_current;
CREATE UNIQUE INDEX IF NOT EXISTS participation_one_current
    ON participation (session_id, enrolment_id) WHERE is_current;
CREATE INDEX IF NOT EXISTS unlisted_arrival_open
    ON unlisted_arrival (cohort_id) WHERE settled_at IS NULL;
CREATE INDEX IF NOT EXISTS concern_open ON concern (raised_at) WHERE answered_at IS NULL;

-- Which groups are not offered to whom: because it was said so, or because somebody whom they must
-- not share a group with is there. Nobody who asks can tell the two apart.
CREATE OR REPLACE FUNCTION auth.kept_apart(people uuid[], today date)
RETURNS TABLE (one uuid, other uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
    SELECT b.one, b.other FROM kept_apart k CROSS JOIN LATERAL (
        VALUES (k.person_id, k.other_id), (k.other_id, k.person_id)) AS b (one, other)
    WHERE k.withdrawn_at IS NULL AND (k.until_on IS NULL OR k.until_on >= today)
      AND b.one = ANY(people) AND auth.scope('cohorts', 'write') IS NOT NULL
$$;
CREATE OR REPLACE FUNCTION auth.not_offered(people uuid[], today date)
RETURNS TABLE (person_id uuid, cohort_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
    SELECT n.person_id, c.id
    FROM not_offered n JOIN room r ON true JOIN cohort c ON c.room_id = r.id
    WHERE n.person_id = ANY(people) AND (n.cohort_id = c.id OR n.venue_id = r.venue_id)
      AND c.last_on >= today AND n.from_on <= c.last_on
      AND (n.until_on IS NULL OR n.until_on >= greatest(c.first_on, today))
      AND auth.scope('cohorts', 'write') IS NOT NULL
    UNION
    SELECT k.one, e.cohort_id FROM auth.kept_apart(people, today) k
    JOIN enrolment e ON e.person_id = k.other AND e.status IN ('enrolled', 'paused')
$$;
REVOKE ALL ON FUNCTION auth.not_offered(uuid[], date), auth.kept_apart(uuid[], date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION auth.not_offered(uuid[], date), auth.kept_apart(uuid[], date) TO work_web;

-- Whether the wording of an order that stands names a venue: that it does, and never the wording.
CREATE OR REPLACE FUNCTION auth.venues_named(people uuid[])
RETURNS TABLE (person_id uuid, venue_id uuid, order_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
    SELECT DISTINCT w.person_id, v.id, o.id
    FROM order_wording w JOIN order_condition c ON c.id = w.condition_id
    JOIN protective_order o ON o.id = c.order_id AND o.status IN ('live', 'varied')
    JOIN venue v ON position(lower(v.name) IN lower(w.wording)) > 0
    WHERE w.person_id = ANY(people) AND auth.scope('cohorts', 'read') IS NOT NULL
$$;
REVOKE ALL ON FUNCTION auth.venues_named(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION auth.venues_named(uuid[]) TO work_web;
