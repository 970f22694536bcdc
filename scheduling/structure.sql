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
CREATE INDEX IF NOT EXISTS session_of_cohort ON session (cohort_id, starts_at);
CREATE INDEX IF NOT EXISTS cohort_staff_of_account ON cohort_staff (account_id, cohort_id);
