-- What Piccolo's columns cannot say. Every statement may run again on every `migrate`.

-- The current decision on completion, and one open finding that it is out of reach.
CREATE UNIQUE INDEX IF NOT EXISTS completion_decision_one_current
    ON completion_decision (enrolment_id) WHERE is_current;
CREATE UNIQUE INDEX IF NOT EXISTS finish_lost_one_open
    ON finish_lost (enrolment_id) WHERE over_at IS NULL;

-- Whoever holds an invitation answers with nothing but it. Nothing of who they are goes with the
-- answers: a random id, and the first day of the month.
CREATE OR REPLACE FUNCTION auth.feedback_programme(hash bytea) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
    SELECT p.name FROM feedback_invitation i JOIN programme p ON p.id = i.programme_id
    WHERE i.token_hash = hash AND i.answered_on IS NULL AND i.withdrawn_at IS NULL
      AND i.expires_at > now()
$$;
CREATE OR REPLACE FUNCTION auth.give_feedback(hash bytea, given jsonb)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
DECLARE asked uuid;
BEGIN
    UPDATE feedback_invitation i SET answered_on = auth.today()
    WHERE i.token_hash = hash AND i.answered_on IS NULL AND i.withdrawn_at IS NULL
      AND i.expires_at > now()
    RETURNING i.programme_id INTO asked;
    IF asked IS NULL THEN RETURN false; END IF;
    INSERT INTO feedback_answers (id, programme_id, month, answers)
    VALUES (gen_random_uuid(), asked, date_trunc('month', auth.today())::date, given);
    RETURN true;
END $$;

-- Answers are counted, never read one by one, and not where there are few of them.
CREATE OR REPLACE FUNCTION auth.feedback_counts(fewest integer)
RETURNS TABLE (programme text, answered bigint, statement text, answer text, times bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
    WITH of_programme AS (
        SELECT programme_id, count(*) AS answered FROM feedback_answers GROUP BY programme_id)
    SELECT p.name, o.answered, s.key, s.value, count(*)
    FROM of_programme o JOIN programme p ON p.id = o.programme_id
    JOIN feedback_answers a ON a.programme_id = o.programme_id
    CROSS JOIN LATERAL jsonb_each_text(a.answers) s
    WHERE o.answered >= fewest
      AND (auth.scope('management-report', 'read') = 'all'
           OR (auth.scope('management-report', 'read') = 'own' AND p.code IN (
               SELECT t.programme_code FROM team t WHERE t.id IN (SELECT auth.own_teams()))))
    GROUP BY p.name, o.answered, s.key, s.value
$$;
REVOKE ALL ON FUNCTION auth.feedback_programme(bytea), auth.give_feedback(bytea, jsonb),
    auth.feedback_counts(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION auth.feedback_programme(bytea),
    auth.give_feedback(bytea, jsonb), auth.feedback_counts(integer) TO work_web;
