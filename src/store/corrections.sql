-- What persons have corrected. One step of migration, independent of the others.
--
-- The rules' own conclusions on what a person has spoken about are displaced where they are kept (finding.by_person), so
-- that every query sees the corrected state; this table is what was said, and by it a correction can be taken back.
CREATE TABLE correction (
    article INTEGER NOT NULL REFERENCES article (id),
    field   TEXT NOT NULL CHECK (field IN ('initiative', 'city', 'category', 'date', 'group', 'note')),
    value   TEXT NOT NULL,          -- yes, no; unit codes and category keys, ';' separated, main first; ISO date or
                                    -- 'unknown'; 'new' or the key of an article of the initiative to join; free text
    PRIMARY KEY (article, field)
) WITHOUT ROWID;

-- The date that ingest gave to an article, kept while a corrected one stands in its row: the one thing of an article that
-- is ever changed.
CREATE TABLE dated (
    article       INTEGER PRIMARY KEY REFERENCES article (id),
    basis         TEXT NOT NULL,    -- as in article
    published     INTEGER,
    lo            INTEGER,
    hi            INTEGER,
    date_evidence TEXT NOT NULL
);
