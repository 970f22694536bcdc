-- Sign-ins that an outside provider vouches for: of the programme side alone. One's own link is made
-- while signed in; the door reads them, and nobody else.

ALTER TABLE auth.linked_sign_in ENABLE ROW LEVEL SECURITY;
ALTER TABLE auth.linked_sign_in FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON auth.linked_sign_in TO work_owner USING (true) WITH CHECK (true);
CREATE POLICY door ON auth.linked_sign_in TO work_door USING (true) WITH CHECK (true);
CREATE POLICY reading ON auth.linked_sign_in FOR SELECT TO work_web
    USING (account_id = (SELECT auth.uid()));
CREATE POLICY adding ON auth.linked_sign_in FOR INSERT TO work_web WITH CHECK (
    account_id = (SELECT auth.uid()) AND EXISTS (SELECT FROM auth.own_sign_ins() s WHERE s.is_this));
CREATE POLICY changing ON auth.linked_sign_in FOR UPDATE TO work_web USING (
    account_id = (SELECT auth.uid()) AND EXISTS (SELECT FROM auth.own_sign_ins() s WHERE s.is_this));
GRANT SELECT (id, account_id, issuer, known_as, linked_at, last_used_at, ended_at), INSERT,
    UPDATE (ended_at) ON auth.linked_sign_in TO work_web;
GRANT SELECT, UPDATE (last_used_at) ON auth.linked_sign_in TO work_door;
CREATE TRIGGER note_write AFTER INSERT OR UPDATE ON auth.linked_sign_in
    FOR EACH ROW EXECUTE FUNCTION audit.note_write();

CREATE UNIQUE INDEX IF NOT EXISTS linked_sign_in_one_account
    ON auth.linked_sign_in (issuer, subject) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX IF NOT EXISTS linked_sign_in_one_each
    ON auth.linked_sign_in (account_id) WHERE ended_at IS NULL;

-- Whether somebody at a provider has an account here: for the page on which they link it themselves.
CREATE OR REPLACE FUNCTION auth.linked_sign_in_is_held(issuer text, subject text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM auth.linked_sign_in l
                   WHERE l.issuer = $1 AND l.subject = $2 AND l.ended_at IS NULL)
$$;

-- Another first password ends the link with it: whoever lost everything begins anew. What has ended
-- stays ended.
CREATE OR REPLACE FUNCTION auth.end_linked_sign_ins() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.password_is_first AND NEW.password_hash IS DISTINCT FROM OLD.password_hash THEN
        UPDATE auth.linked_sign_in l SET ended_at = now()
        WHERE l.account_id = NEW.id AND l.ended_at IS NULL;
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER end_linked_sign_ins AFTER UPDATE ON auth.account
    FOR EACH ROW EXECUTE FUNCTION auth.end_linked_sign_ins();

CREATE OR REPLACE FUNCTION auth.guard_linked_sign_in() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at THEN
        RAISE insufficient_privilege USING MESSAGE = 'what has ended stays ended';
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER guard_linked_sign_in BEFORE UPDATE ON auth.linked_sign_in
    FOR EACH ROW EXECUTE FUNCTION auth.guard_linked_sign_in();

GRANT EXECUTE ON FUNCTION auth.linked_sign_in_is_held(text, text) TO work_web;
