-- What every side needs beside the generated policies. {owner}, {web}, {door} are its logins.

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA auth, audit FROM PUBLIC;
GRANT USAGE ON SCHEMA auth, audit, public TO {web}, {door}, {backup};
GRANT EXECUTE ON FUNCTION auth.uid(), auth.today(), auth.role_of(), auth.scope(text, text),
    auth.enter(text), auth.leave(), auth.own_sign_ins(), auth.end_other_sign_ins(),
    auth.change_own_password(text), auth.passkey_is_held(bytea) TO {web};
GRANT EXECUTE ON FUNCTION audit.note(text, text, text, text, uuid, jsonb), audit.faults(),
    audit.digest(audit.entry, bytea), audit.said(audit.entry) TO {web};
GRANT EXECUTE ON FUNCTION audit.faults(), audit.digest(audit.entry, bytea),
    audit.said(audit.entry) TO {backup};
GRANT EXECUTE ON FUNCTION audit.note_at_door(uuid, text, jsonb) TO {door};
GRANT SELECT ON ALL TABLES IN SCHEMA auth, audit, public TO {backup};
GRANT SELECT ON ALL SEQUENCES IN SCHEMA auth, audit, public TO {backup};

-- Accounts: everybody on a side may read the names of its staff; nobody reads a password.
ALTER TABLE auth.account ENABLE ROW LEVEL SECURITY;
ALTER TABLE auth.account FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON auth.account TO {owner} USING (true) WITH CHECK (true);
CREATE POLICY door ON auth.account TO {door} USING (true) WITH CHECK (true);
CREATE POLICY reading ON auth.account FOR SELECT TO {web} USING ((SELECT auth.uid()) IS NOT NULL);
CREATE POLICY adding ON auth.account FOR INSERT TO {web}
    WITH CHECK ((SELECT auth.scope('users', 'write')) = 'all');
CREATE POLICY changing ON auth.account FOR UPDATE TO {web}
    USING ((SELECT auth.scope('users', 'write')) = 'all')
    WITH CHECK ((SELECT auth.scope('users', 'write')) = 'all');
GRANT SELECT (id, email, name, role, is_active, created_at, version) ON auth.account TO {web};
GRANT INSERT ON auth.account TO {web};
GRANT UPDATE (name, role, is_active, password_hash, password_is_first, totp_secret,
              totp_last_step, version)
    ON auth.account TO {web};
GRANT SELECT, UPDATE (totp_last_step) ON auth.account TO {door};
CREATE TRIGGER note_write AFTER INSERT OR UPDATE ON auth.account
    FOR EACH ROW EXECUTE FUNCTION audit.note_write();

-- Sign-ins: the door alone.
ALTER TABLE auth.sign_in ENABLE ROW LEVEL SECURITY;
ALTER TABLE auth.sign_in FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON auth.sign_in TO {owner} USING (true) WITH CHECK (true);
CREATE POLICY door ON auth.sign_in TO {door} USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE (ended_at, ended_because) ON auth.sign_in TO {door};

-- Passkeys: one's own, added while signed in; used by the door; taken away by administrators too.
ALTER TABLE auth.passkey ENABLE ROW LEVEL SECURITY;
ALTER TABLE auth.passkey FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON auth.passkey TO {owner} USING (true) WITH CHECK (true);
CREATE POLICY door ON auth.passkey TO {door} USING (true) WITH CHECK (true);
CREATE POLICY reading ON auth.passkey FOR SELECT TO {web}
    USING (account_id = (SELECT auth.uid()) OR (SELECT auth.scope('users', 'write')) = 'all');
CREATE POLICY adding ON auth.passkey FOR INSERT TO {web} WITH CHECK (
    account_id = (SELECT auth.uid()) AND EXISTS (SELECT FROM auth.own_sign_ins() s WHERE s.is_this));
CREATE POLICY changing ON auth.passkey FOR UPDATE TO {web}
    USING ((account_id = (SELECT auth.uid())
            AND EXISTS (SELECT FROM auth.own_sign_ins() s WHERE s.is_this))
           OR (SELECT auth.scope('users', 'write')) = 'all');
GRANT SELECT (id, account_id, name, host, added_at, last_used_at, removed_at), INSERT,
    UPDATE (removed_at) ON auth.passkey TO {web};
GRANT SELECT, UPDATE (sign_count, last_moment, last_used_at) ON auth.passkey TO {door};
CREATE TRIGGER note_write AFTER INSERT OR UPDATE ON auth.passkey
    FOR EACH ROW EXECUTE FUNCTION audit.note_write();

ALTER TABLE auth.sign_in_attempt ENABLE ROW LEVEL SECURITY;
ALTER TABLE auth.sign_in_attempt FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON auth.sign_in_attempt TO {owner} USING (true) WITH CHECK (true);
CREATE POLICY door ON auth.sign_in_attempt TO {door} USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON auth.sign_in_attempt TO {door};

-- The permission table is read by the policies' own functions.
ALTER TABLE auth.permission_grant ENABLE ROW LEVEL SECURITY;
ALTER TABLE auth.permission_grant FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON auth.permission_grant TO {owner} USING (true) WITH CHECK (true);

-- One's own sent forms.
ALTER TABLE auth.submission ENABLE ROW LEVEL SECURITY;
ALTER TABLE auth.submission FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON auth.submission TO {owner} USING (true) WITH CHECK (true);
CREATE POLICY own ON auth.submission TO {web}
    USING (account_id = (SELECT auth.uid())) WITH CHECK (account_id = (SELECT auth.uid()));
GRANT SELECT, INSERT ON auth.submission TO {web};

-- The audit: written by triggers and audit.note, read by those the table names.
ALTER TABLE audit.entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.entry FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON audit.entry TO {owner} USING (true) WITH CHECK (true);
CREATE POLICY reading ON audit.entry FOR SELECT TO {web} USING (
    (SELECT auth.scope('audit-{side}', 'read')) = 'all'
    OR ((SELECT auth.scope('audit-{side}', 'read')) = 'own'
        AND (account_id = (SELECT auth.uid())
             OR (operation = 'sign-in' AND (SELECT auth.role_of()) = 'administrator'))));
GRANT SELECT ON audit.entry TO {web};
ALTER TABLE audit.link ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.link FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON audit.link TO {owner} USING (true) WITH CHECK (true);
CREATE POLICY reading ON audit.link FOR SELECT TO {web}
    USING ((SELECT auth.scope('audit-{side}', 'read')) = 'all');
GRANT SELECT ON audit.link TO {web};

-- Job runs: services write them, administrators and auditors read them.
ALTER TABLE public.job_run ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.job_run FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON public.job_run TO {owner} USING (true) WITH CHECK (true);
CREATE POLICY reading ON public.job_run FOR SELECT TO {web}
    USING ((SELECT auth.role_of()) IN ('operator', 'administrator', 'auditor'));
CREATE POLICY adding ON public.job_run FOR INSERT TO {web}
    WITH CHECK ((SELECT auth.role_of()) = 'operator');
CREATE POLICY changing ON public.job_run FOR UPDATE TO {web}
    USING ((SELECT auth.role_of()) = 'operator');
GRANT SELECT, INSERT, UPDATE (ended_at, done, failed, outcome) ON public.job_run TO {web};
