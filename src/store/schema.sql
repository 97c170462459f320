-- The schema of a briefgen database, version 1. This file is the first migration step (migrate.c); later versions are
-- further steps and never edits of this one.
--
-- Dates are whole days since 1970-01-01 (date_t); NULL where none is known. To read one: date(published * 86400, 'unixepoch').
-- Booleans are 0 and 1. Row ids are internal: they depend on the order of import and reach no output. What the outside
-- sees are keys. application_id is 0x4252474E ("BRGN"), user_version the number of steps applied.

-- One validated news text with its provenance. Written once and never changed: what rules conclude lives in the tables
-- below, so that better rules can read everything again. The long columns come last: reading the short ones does not
-- touch their overflow pages.
CREATE TABLE article (
    id            INTEGER PRIMARY KEY,
    key           TEXT NOT NULL UNIQUE,                          -- public id: 'a' and the first 15 digits of hash
    hash          TEXT NOT NULL CHECK (length(hash) = 64),       -- SHA-256 of the canonical record, hex; unique, since
                                                                 -- two of one beginning are refused by key
    external_id   TEXT NOT NULL,    -- the input's own id, '' if none
    source        TEXT NOT NULL,    -- file as the user named it; '-' for standard input
    source_line   INTEGER NOT NULL, -- 1-based; 0 for a whole file
    reader        TEXT NOT NULL,    -- format and version of its rules: 'pagetext/1'
    encoding      TEXT NOT NULL,    -- of the file: 'utf-8', 'cp949'
    basis         TEXT NOT NULL CHECK (basis IN ('unknown', 'inferred', 'metadata', 'published')),
    published     INTEGER,          -- certain day of publication; only basis metadata and published have one
    lo            INTEGER,          -- accepted interval: = published, or the guessed span of an inferred date
    hi            INTEGER,
    date_evidence TEXT NOT NULL,    -- the words that the date rests on
    title         TEXT NOT NULL,
    subtitle      TEXT NOT NULL,
    outlet        TEXT NOT NULL,
    url           TEXT NOT NULL,
    hint_regions  TEXT NOT NULL,    -- the source's own columns, ',' separated: weak evidence
    hint_agencies TEXT NOT NULL,
    hint_keywords TEXT NOT NULL,
    body_lines    TEXT NOT NULL,    -- lines of raw that are the body: '14-30,33'
    body          TEXT NOT NULL,
    raw           TEXT NOT NULL,    -- page or record as decoded, NFC, newlines normalised
    CHECK (key = 'a' || substr(hash, 1, 15)),
    CHECK ((published IS NOT NULL) = (basis IN ('metadata', 'published')))
);

-- Coverage (articles collected in a month) and the cut-off date without reading articles.
CREATE INDEX article_published ON article (published) WHERE published IS NOT NULL;
CREATE INDEX article_undated ON article (key) WHERE published IS NULL;

-- Input that was set aside, once: nothing is dropped in silence.
CREATE TABLE reject (
    source TEXT NOT NULL,
    line   INTEGER NOT NULL, -- 1-based; 0 for a whole file
    code   TEXT NOT NULL,    -- 'invalid-utf8'
    reason TEXT NOT NULL,
    PRIMARY KEY (source, line, code, reason)
) WITHOUT ROWID;

-- What the rules of one version concluded about an article as a whole. No row: not analysed yet.
CREATE TABLE analysis (
    article       INTEGER PRIMARY KEY REFERENCES article (id),
    rules         TEXT NOT NULL,    -- version of rules and tables
    is_initiative INTEGER NOT NULL, -- counted: an initiative with a city and a category
    score         REAL NOT NULL     -- confidence in is_initiative, 0..1
);
CREATE INDEX analysis_rules ON analysis (rules);

-- What an article says, each with its evidence. seq is the place in (kind, rank) order.
CREATE TABLE finding (
    article    INTEGER NOT NULL REFERENCES article (id),
    seq        INTEGER NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('city', 'category', 'initiative', 'event', 'stage', 'agency', 'money')),
    rank       INTEGER NOT NULL, -- 0 = main
    value      TEXT NOT NULL,
    score      REAL NOT NULL,    -- 0..1
    rule       TEXT NOT NULL,    -- rule or table row that fired: 'city/title-suffix'
    first_byte INTEGER NOT NULL, -- evidence: bytes [first_byte, end_byte) of title \n subtitle \n body
    end_byte   INTEGER NOT NULL,
    by_person  INTEGER NOT NULL, -- a correction: survives re-analysis and displaces the rules' findings of its kind
    PRIMARY KEY (article, seq)
) WITHOUT ROWID;

-- A public body's programme, plan, facility, agreement or event; several articles may report it.
CREATE TABLE initiative (
    id    INTEGER PRIMARY KEY,
    key   TEXT NOT NULL UNIQUE, -- 'i' and the digits of the least key of its articles
    title TEXT NOT NULL,        -- of the main article
    stage TEXT NOT NULL         -- '' unknown
);
CREATE TABLE initiative_article (
    initiative INTEGER NOT NULL REFERENCES initiative (id),
    rank       INTEGER NOT NULL,                                   -- 0 = main article
    article    INTEGER NOT NULL UNIQUE REFERENCES article (id),    -- an article belongs to one initiative at most
    PRIMARY KEY (initiative, rank)
) WITHOUT ROWID;
CREATE TABLE initiative_unit (
    initiative INTEGER NOT NULL REFERENCES initiative (id),
    rank       INTEGER NOT NULL, -- 0 = main city
    unit       TEXT NOT NULL,    -- count unit: an 일반구 is entered as its city
    PRIMARY KEY (initiative, rank),
    UNIQUE (initiative, unit)
) WITHOUT ROWID;
CREATE TABLE initiative_category (
    initiative INTEGER NOT NULL REFERENCES initiative (id),
    rank       INTEGER NOT NULL, -- an order, so that one category can stand for the initiative in totals
    category   TEXT NOT NULL,
    PRIMARY KEY (initiative, rank),
    UNIQUE (initiative, category)
) WITHOUT ROWID;

-- The counting table: one row for each certainly dated article of an initiative, each count unit and each category of
-- that initiative. Clustered by month, so that a brief reads its months, in the order in which it groups, and nothing
-- else. Kept in the transaction that writes the initiatives.
--
-- The brief puts the rows together by initiative again (brief/load.c); a row with both ranks 0 stands for its article.
-- In SQL (views.sql) COUNT(DISTINCT initiative) over any rows is right, but costs a sort. The last two columns and the
-- ranks make distinct counts plain sums, which one pass yields for all levels at once:
--   initiatives of a month, unit and category           rows with first_of_month
--   initiatives of the months a..b                      … and earlier < a
--   articles                                            all rows
--   the same without regard to category                 … and category_rank = 0
--   the same without regard to unit                     … and unit_rank = 0
CREATE TABLE tally (
    month          INTEGER NOT NULL, -- first day of the month of publication
    unit           TEXT NOT NULL,
    category       TEXT NOT NULL,
    unit_rank      INTEGER NOT NULL, -- as in initiative_unit
    category_rank  INTEGER NOT NULL, -- as in initiative_category
    initiative     INTEGER NOT NULL REFERENCES initiative (id),
    article        INTEGER NOT NULL, -- one of initiative_article, which refers to article
    published      INTEGER NOT NULL, -- day
    first_of_month INTEGER NOT NULL, -- 1 in exactly one of the initiative's articles of the month
    earlier        INTEGER NOT NULL, -- the initiative's month before this one; -719163 where there is none
    PRIMARY KEY (month, unit, category, unit_rank, category_rank, initiative, article)
) WITHOUT ROWID;
CREATE INDEX tally_initiative ON tally (initiative); -- for replacing an initiative
-- Few initiatives concern several cities; these are their further ones. No query of this version needs them apart.
CREATE INDEX tally_further ON tally (month, unit, category, unit_rank, category_rank, initiative, article, first_of_month,
                                     earlier) WHERE unit_rank > 0;

-- Copies of the region and category tables that the analysis was made with (src/data/), one row a validity period.
CREATE TABLE region (
    unit       TEXT NOT NULL,    -- identity through renamings and code changes
    valid_from INTEGER NOT NULL, -- inclusive days; open ends are 0001-01-01 and 9999-12-31
    valid_to   INTEGER NOT NULL,
    code       TEXT NOT NULL,    -- official 5-digit code in this period
    parent     TEXT NOT NULL,    -- unit of the 시·도, or of the city for an 일반구; '' for a 시·도
    count_unit TEXT NOT NULL,    -- unit that is counted: the city for an 일반구, else itself
    type       TEXT NOT NULL CHECK (type IN ('sido', 'si', 'gun', 'jachigu', 'ilbangu')),
    sido       TEXT NOT NULL,
    name       TEXT NOT NULL,
    short_name TEXT NOT NULL,
    full_name  TEXT NOT NULL,
    population INTEGER,
    x          REAL NOT NULL,    -- centre, EPSG:5179 metres
    y          REAL NOT NULL,
    PRIMARY KEY (unit, valid_from)
) WITHOUT ROWID;
CREATE TABLE category (
    key      TEXT PRIMARY KEY,
    label    TEXT NOT NULL,
    position INTEGER NOT NULL -- order of printing, from 0
) WITHOUT ROWID;
