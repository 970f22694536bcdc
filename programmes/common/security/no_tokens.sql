-- The survivor side has no tokens: there is no table for them here, and nobody is one.
CREATE OR REPLACE FUNCTION auth.uid_of_token() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT NULL::uuid
$$;
REVOKE ALL ON FUNCTION auth.uid_of_token() FROM PUBLIC;
