-- What Piccolo's columns cannot say. Every statement may run again on every `migrate`.

-- Names are found by their start with >= and < on a C-collated key (LIKE is not leakproof).
CREATE INDEX IF NOT EXISTS person_name ON person (name_key COLLATE "C", id);
CREATE INDEX IF NOT EXISTS assignment_open ON assignment (account_id, person_id)
    WHERE until_on IS NULL;
CREATE INDEX IF NOT EXISTS order_ending ON protective_order (person_id, ends_on DESC);
CREATE INDEX IF NOT EXISTS breach_latest ON breach (person_id, occurred_at DESC);

-- One open referral a person and programme.
CREATE UNIQUE INDEX IF NOT EXISTS referral_one_open ON referral (person_id, programme_id)
    WHERE status IN ('received', 'checked', 'assessed', 'waiting', 'offered');

-- One open draft of a referral for each author and person; any number for people not on record.
CREATE UNIQUE INDEX IF NOT EXISTS referral_draft_one_open ON referral_draft (account_id, person_id)
    WHERE referral_id IS NULL AND discarded_at IS NULL AND person_id IS NOT NULL;

CREATE UNIQUE INDEX IF NOT EXISTS suitability_override_one_open ON suitability_override (referral_id)
    WHERE settled_at IS NULL;

-- A record is joined to one other at a time, and the one it is joined to is on record.
CREATE UNIQUE INDEX IF NOT EXISTS person_merge_one_open ON person_merge (merged_id)
    WHERE undone_at IS NULL;
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'person_merged_into_fkey') THEN
        ALTER TABLE person ADD CONSTRAINT person_merged_into_fkey
            FOREIGN KEY (merged_into) REFERENCES person (id)
            ON DELETE RESTRICT ON UPDATE RESTRICT;
    END IF;
END $$;
CREATE INDEX IF NOT EXISTS person_born ON person (date_of_birth);

-- The waiting list, in its usual order.
CREATE INDEX IF NOT EXISTS referral_waiting ON referral (programme_id, received_on, id)
    WHERE status IN ('waiting', 'offered');

-- What is to be told to those who referred.
CREATE INDEX IF NOT EXISTS outcome_told_at ON outcome_told (told_at);

-- What followed an order: asked of each order that is shown or counted.
CREATE INDEX IF NOT EXISTS order_followed ON protective_order (follows_id)
    WHERE follows_id IS NOT NULL;
