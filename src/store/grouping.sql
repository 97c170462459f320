-- Version 7 of the schema: what grouping needs to make initiatives anew only where something has changed, with the same
-- result as making all of them anew (analyze/grouping.c says why).

-- Who takes part: what counts, and what is a little below the line. Clustered by time, as grouping reads it. An article
-- that a person has corrected may have two rows: as the rules see it, and as corrected. node = 2 * article, + 1 for a row
-- that only stands for what the rules see.
CREATE TABLE candidate (
    block      INTEGER NOT NULL, -- fortnight of the day; -100000 without a day
    key        TEXT NOT NULL,    -- of the article
    views      INTEGER NOT NULL CHECK (views BETWEEN 1 AND 3), -- 1 as the rules see it, 2 as corrected, 3 both are one
    article    INTEGER NOT NULL REFERENCES article (id),
    day        INTEGER,          -- NULL: not certain
    counts     INTEGER NOT NULL, -- by itself; the others only with such a one
    length     INTEGER NOT NULL, -- of the body, characters
    unit       TEXT NOT NULL,    -- the least of the units: where it meets others
    units      TEXT NOT NULL,    -- count units, main first, ' ' between
    categories TEXT NOT NULL,    -- ' ' between; below the line those that it would have
    stage      TEXT NOT NULL,    -- '' unknown
    promoted   TEXT NOT NULL,    -- key and categories of the article that it counts with, '' where it does not
    digest     INTEGER NOT NULL, -- of the initiative that holds it, 0 where none does
    print      BLOB NOT NULL,    -- analyze/print.h
    PRIMARY KEY (block, key, views)
) WITHOUT ROWID;
CREATE INDEX candidate_article ON candidate (article);
CREATE INDEX candidate_unit ON candidate (unit, block);
CREATE INDEX candidate_split ON candidate (block) WHERE views <> 3;

-- Pairs so alike that they may report one initiative.
CREATE TABLE edge (
    later   INTEGER NOT NULL, -- node that found the other one
    earlier INTEGER NOT NULL,
    views   INTEGER NOT NULL, -- in which they are a pair, as in candidate
    undated INTEGER NOT NULL, -- the earlier one is
    alike   REAL NOT NULL,
    PRIMARY KEY (later, earlier)
) WITHOUT ROWID;
CREATE INDEX edge_earlier ON edge (earlier);

-- Since the last grouping: articles whose rows in candidate are to be made, and places in candidate that have changed, with
-- what stood there when edges were last made. While there are any, initiatives and tally are not those of the articles.
CREATE TABLE pending (
    article INTEGER PRIMARY KEY REFERENCES article (id),
    likely  TEXT NOT NULL -- categories that it would have below the line
);
CREATE TABLE touched (
    block   INTEGER NOT NULL,
    key     TEXT NOT NULL,
    views   INTEGER NOT NULL,
    article INTEGER NOT NULL,
    unit    TEXT NOT NULL, -- '' where nothing stood
    print   BLOB NOT NULL,
    PRIMARY KEY (block, key, views)
) WITHOUT ROWID;

-- Whom a person has put with an article.
CREATE INDEX correction_group ON correction (value) WHERE field = 'group';

-- What earlier versions grouped is analysed and grouped once more: what counts, what is a little below the line (.35 and
-- more), and what persons have spoken about.
UPDATE analysis SET rules = '' WHERE is_initiative OR score >= 0.35 OR article IN (SELECT article FROM correction);
DELETE FROM tally;
DELETE FROM initiative_article;
DELETE FROM initiative_unit;
DELETE FROM initiative_category;
DELETE FROM initiative;
INSERT INTO touched SELECT -100000, '', 3, 0, '', x'' WHERE EXISTS (SELECT 1 FROM analysis);
