-- Programs: a token stands for one account, while that account has the role it had when asked.
-- What the transaction was given is the same as with a sign-in: SHA-256 of the token.

CREATE OR REPLACE FUNCTION auth.uid_of_token() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT t.account_id
    FROM auth.api_token t JOIN auth.account a ON a.id = t.account_id
    WHERE t.token_hash = sha256(decode(current_setting('waymark.sign_in', true), 'hex'))
      AND t.approved_at IS NOT NULL AND t.ended_at IS NULL AND t.expires_at > now()
      AND a.is_active AND a.role = t.role
$$;

CREATE OR REPLACE FUNCTION auth.enter_token(token_key text)
RETURNS TABLE (account_id uuid, name text, role text, may_write boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM set_config('waymark.sign_in', token_key, true);
    RETURN QUERY
        SELECT a.id, a.name, a.role, t.may_write
        FROM auth.api_token t JOIN auth.account a ON a.id = t.account_id
        WHERE a.id = (SELECT auth.uid_of_token()) AND t.token_hash = sha256(decode(token_key, 'hex'));
END
$$;

-- One more request, and the cases that its answer may show. Answers how many seconds to wait
-- where that is more than the token may have; counted in a transaction of its own, whichever
-- process asks. A token that is not live is not counted: it is answered as nobody.
CREATE OR REPLACE FUNCTION auth.count_token_use(token_key text, cases integer) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t auth.api_token;
    u auth.api_token_use;
    this_minute timestamptz := date_trunc('minute', now());
    this_hour timestamptz := date_trunc('hour', now());
BEGIN
    SELECT * INTO t FROM auth.api_token k
    WHERE k.token_hash = sha256(decode(token_key, 'hex'))
      AND k.approved_at IS NOT NULL AND k.ended_at IS NULL AND k.expires_at > now();
    IF t.id IS NULL THEN RETURN 0; END IF;
    INSERT INTO auth.api_token_use AS n
        (id, token_id, minute_at, minute_count, hour_at, hour_cases, last_used_at)
    VALUES (gen_random_uuid(), t.id, this_minute, 1, this_hour, cases, now())
    ON CONFLICT (token_id) DO UPDATE SET
        minute_count = CASE WHEN n.minute_at = this_minute THEN n.minute_count + 1 ELSE 1 END,
        hour_cases = CASE WHEN n.hour_at = this_hour THEN n.hour_cases + cases ELSE cases END,
        minute_at = this_minute, hour_at = this_hour, last_used_at = now()
    RETURNING * INTO u;
    IF u.hour_cases > t.cases_an_hour THEN
        UPDATE auth.api_token_use SET hour_cases = hour_cases - cases WHERE token_id = t.id;
        RETURN greatest(1, extract(epoch FROM this_hour + interval '1 hour' - now())::integer);
    ELSIF u.minute_count > t.per_minute THEN
        RETURN greatest(1, extract(epoch FROM this_minute + interval '1 minute' - now())::integer);
    END IF;
    RETURN 0;
END
$$;

-- Two people, a true role, and no revival: also for whoever writes past the pages.
CREATE OR REPLACE FUNCTION auth.guard_token() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    is_operator boolean := auth.role_of() = 'operator';
    is_new boolean := TG_OP = 'INSERT';
BEGIN
    IF is_new AND (NEW.asked_by IS DISTINCT FROM auth.uid() OR NEW.ended_at IS NOT NULL
        OR NOT EXISTS (SELECT FROM auth.account a WHERE a.id = NEW.account_id AND a.is_active
                       AND a.role = NEW.role)) THEN
        RAISE insufficient_privilege USING MESSAGE = 'a token needs its asker and a true role';
    END IF;
    IF NOT is_new AND OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at THEN
        RAISE insufficient_privilege USING MESSAGE = 'what has ended stays ended';
    END IF;
    IF (is_new AND NEW.approved_at IS NOT NULL)
       OR (NOT is_new AND (NEW.approved_at, NEW.approved_by) IS DISTINCT FROM
           (OLD.approved_at, OLD.approved_by)) THEN
        IF NEW.approved_by IS DISTINCT FROM auth.uid()
           OR NOT (is_operator OR (auth.scope('users', 'approve') = 'all'
                                   AND NEW.asked_by <> auth.uid())) IS TRUE
           OR (NOT is_new AND OLD.approved_at IS NOT NULL) THEN
            RAISE insufficient_privilege USING MESSAGE = 'a second person approves a token, once';
        END IF;
    END IF;
    RETURN NEW;
END
$$;

CREATE UNIQUE INDEX IF NOT EXISTS api_token_use_one ON auth.api_token_use (token_id);
CREATE OR REPLACE TRIGGER guard_token BEFORE INSERT OR UPDATE ON auth.api_token
    FOR EACH ROW EXECUTE FUNCTION auth.guard_token();

-- A changed role or a closed account ends its tokens for good.
CREATE OR REPLACE FUNCTION auth.end_tokens() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.role <> OLD.role OR NEW.is_active <> OLD.is_active THEN
        UPDATE auth.api_token t SET ended_at = now(), ended_because = 'account changed'
        WHERE t.account_id = NEW.id AND t.ended_at IS NULL;
    END IF;
    RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER end_tokens AFTER UPDATE ON auth.account
    FOR EACH ROW EXECUTE FUNCTION auth.end_tokens();

REVOKE ALL ON FUNCTION auth.uid_of_token(), auth.enter_token(text),
    auth.count_token_use(text, integer), auth.guard_token(), auth.end_tokens() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION auth.enter_token(text), auth.count_token_use(text, integer) TO work_web;
