-- Version 2 of the schema: findings of the kinds count, target and zone. What a value looks like: records.h.
CREATE TABLE finding_2 (
    article    INTEGER NOT NULL REFERENCES article (id),
    seq        INTEGER NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('city', 'category', 'initiative', 'event', 'stage', 'agency', 'money', 'count',
                                             'target', 'zone')),
    rank       INTEGER NOT NULL, -- 0 = main
    value      TEXT NOT NULL,
    score      REAL NOT NULL,    -- 0..1
    rule       TEXT NOT NULL,    -- rule or table row that fired: 'city/title-suffix'
    first_byte INTEGER NOT NULL, -- evidence: bytes [first_byte, end_byte) of title \n subtitle \n body
    end_byte   INTEGER NOT NULL,
    by_person  INTEGER NOT NULL, -- a correction: survives re-analysis and displaces the rules' findings of its kind
    PRIMARY KEY (article, seq)
) WITHOUT ROWID;
INSERT INTO finding_2 SELECT article, seq, kind, rank, value, score, rule, first_byte, end_byte, by_person FROM finding;
DROP TABLE finding;
ALTER TABLE finding_2 RENAME TO finding;
