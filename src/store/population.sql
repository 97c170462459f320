-- Residents by day instead of one number a region: a copy of src/data/population.tsv.
ALTER TABLE region DROP COLUMN population;
CREATE TABLE population (
    unit      TEXT NOT NULL,    -- of a 시·군·구 or 구; a 시·도 is the sum of its own
    day       INTEGER NOT NULL,
    residents INTEGER NOT NULL,
    PRIMARY KEY (unit, day)
) WITHOUT ROWID;
