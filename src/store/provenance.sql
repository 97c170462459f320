-- Version 6 of the schema: where articles come from, so that an import can be shown, resumed and forgotten.
--
-- Each article has a sighting for every place that held it. What the places say beside the article's key may differ (the
-- source's own columns, the reader, the record as it stood there): these are its variants. One is chosen, by its content
-- and never by the order of import, and stands in table article; the others wait in table variant.

-- One run of `briefgen import`. Its number is never used again.
CREATE TABLE import (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    started   INTEGER,          -- seconds since 1970; NULL: before provenance was kept
    ended     INTEGER,          -- NULL: not known
    unchanged INTEGER NOT NULL, -- inputs that were passed over because an earlier import had read them
    rules     TEXT NOT NULL     -- version of rules and tables
);

-- How inputs are read: few rows for many inputs.
CREATE TABLE manner (
    id       INTEGER PRIMARY KEY,
    how      TEXT NOT NULL, -- version of the readers and the options that matter
    reader   TEXT NOT NULL, -- of its articles, ',' separated
    encoding TEXT NOT NULL, -- likewise
    UNIQUE (how, reader, encoding)
);

-- One file or stream as one import read it. The inputs of an import have consecutive ids.
CREATE TABLE input (
    id       INTEGER PRIMARY KEY,
    import   INTEGER NOT NULL,
    manner   INTEGER NOT NULL,
    code     INTEGER NOT NULL, -- the first 48 bits of the name's SHA-256: a short index for long names
    bytes    INTEGER NOT NULL, -- size; -1: not known
    mtime    INTEGER NOT NULL, -- ns since 1970 of the last change; 0: not known
    skipped  INTEGER NOT NULL, -- items that an earlier, interrupted reading of it holds
    items    INTEGER NOT NULL, -- items that are in, with the skipped ones
    complete INTEGER NOT NULL,
    added    INTEGER NOT NULL, -- articles: new, …
    known    INTEGER NOT NULL, -- … seen before, …
    replaced INTEGER NOT NULL, -- … seen before with less evidence beside them
    rejected INTEGER NOT NULL, -- set aside: as faulty, …
    excluded INTEGER NOT NULL, -- … because the source itself does not count it
    fault    TEXT NOT NULL,    -- why all of it was set aside, or ''
    name     TEXT NOT NULL
);
CREATE INDEX input_code ON input (code);
CREATE INDEX input_cut ON input (code) WHERE NOT complete AND items > 0; -- few: interrupted

-- Places inside an input: files of an archive, sheets of a workbook.
CREATE TABLE member (
    input  INTEGER NOT NULL,
    number INTEGER NOT NULL, -- from 1
    name   TEXT NOT NULL,    -- whole: 'a.zip!b.csv'
    PRIMARY KEY (input, number)
) WITHOUT ROWID;

-- No index by input: only forgetting asks by it, and reads the table once.
CREATE TABLE sighting (
    article INTEGER NOT NULL REFERENCES article (id),
    input   INTEGER NOT NULL,
    member  INTEGER NOT NULL, -- 0: the input itself
    line    INTEGER NOT NULL, -- 1-based; 0 for a whole file
    variant INTEGER NOT NULL, -- number
    PRIMARY KEY (article, input, member, line, variant)
) WITHOUT ROWID;

-- Only for articles of several variants. The chosen one has no text here: it is the article's row (its date: dated's,
-- where a person has corrected it).
CREATE TABLE variant (
    article       INTEGER NOT NULL REFERENCES article (id),
    number        INTEGER NOT NULL, -- 0 for the first seen
    chosen        INTEGER NOT NULL,
    evidence      INTEGER NOT NULL, -- the most is chosen, …
    digest        TEXT NOT NULL,    -- … then the least: reader, SHA-256
    external_id   TEXT,             -- columns as in article
    reader        TEXT,
    encoding      TEXT,
    basis         TEXT,
    published     INTEGER,
    lo            INTEGER,
    hi            INTEGER,
    date_evidence TEXT,
    title         TEXT,
    subtitle      TEXT,
    outlet        TEXT,
    url           TEXT,
    hint_regions  TEXT,
    hint_agencies TEXT,
    hint_keywords TEXT,
    body_lines    TEXT,
    body          TEXT, -- NULL: as in article
    raw           TEXT, -- NULL: as in article
    PRIMARY KEY (article, number),
    UNIQUE (article, digest)
) WITHOUT ROWID;
CREATE UNIQUE INDEX variant_chosen ON variant (article) WHERE chosen;
CREATE INDEX variant_body ON variant (article) WHERE body IS NULL AND NOT chosen;
CREATE INDEX variant_raw ON variant (article) WHERE raw IS NULL AND NOT chosen;

-- Corrections of articles that have been forgotten: they are in force again when the article comes back.
CREATE TABLE kept_correction (
    key   TEXT NOT NULL, -- of the article
    field TEXT NOT NULL, -- as in correction
    value TEXT NOT NULL,
    PRIMARY KEY (key, field)
) WITHOUT ROWID;

-- What was set aside. Those of an input that has been read anew since are passed over.
CREATE TEMP TABLE reject_5 AS SELECT * FROM reject;
DROP TABLE reject;
CREATE TABLE reject (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    input  INTEGER NOT NULL,
    member INTEGER NOT NULL,
    line   INTEGER NOT NULL, -- 1-based; 0 for a whole file
    col    INTEGER NOT NULL, -- 1-based; 0: not known
    head   INTEGER NOT NULL, -- number in table heading; 0: none
    code   TEXT NOT NULL,    -- 'invalid-utf8'
    reason TEXT NOT NULL,
    text   TEXT NOT NULL     -- the record as it stood there, to mend; '' for a whole file
);
CREATE INDEX reject_input ON reject (input);

-- What stands before the records of a table and is needed to read them again: its header.
CREATE TABLE heading (
    input  INTEGER NOT NULL,
    number INTEGER NOT NULL, -- from 1
    text   TEXT NOT NULL,
    PRIMARY KEY (input, number)
) WITHOUT ROWID;

-- What earlier versions imported is one import without a date, an input for each name.
INSERT INTO import (id, started, ended, unchanged, rules)
    SELECT 1, NULL, NULL, 0, '' WHERE EXISTS (SELECT 1 FROM article) OR EXISTS (SELECT 1 FROM reject_5);
INSERT INTO manner SELECT 1, '', '', '' FROM import;
INSERT INTO input
    SELECT ROW_NUMBER() OVER (ORDER BY source), 1, 1, input_code(source), -1, 0, 0, SUM(articles), 1, SUM(articles), 0, 0,
        SUM(rejects), 0, '', source
    FROM (SELECT source, COUNT(*) AS articles, 0 AS rejects FROM article GROUP BY source UNION ALL
        SELECT source, 0, COUNT(*) FROM reject_5 GROUP BY source)
    GROUP BY source;
INSERT INTO sighting
    SELECT a.id, i.id, 0, a.source_line, 0
    FROM article a CROSS JOIN input i ON i.code = input_code(a.source) AND i.name = a.source ORDER BY a.id;
INSERT INTO reject (input, member, line, col, head, code, reason, text)
    SELECT i.id, 0, r.line, 0, 0, r.code, r.reason, ''
    FROM reject_5 r CROSS JOIN input i ON i.code = input_code(r.source) AND i.name = r.source
    ORDER BY r.source, r.line, r.code, r.reason;
DROP TABLE temp.reject_5;
