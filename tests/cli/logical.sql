-- What a database says, in keys and without the numbers of rows, whatever the order in which it came to be:
-- sqlite3 -readonly FILE < logical.sql
.mode list
.separator |
SELECT 'article', key, hash, external_id, source, source_line, reader, encoding, basis, published, lo, hi, date_evidence, title, subtitle, outlet,
    url, hint_regions, hint_agencies, hint_keywords, body_lines, quote(body), quote(raw) FROM article ORDER BY key;
SELECT 'analysis', key, rules, is_initiative, score FROM analysis JOIN article ON id = article ORDER BY key;
SELECT 'finding', key, seq, kind, rank, value, score, rule, first_byte, end_byte, by_person
    FROM finding JOIN article ON id = article ORDER BY key, seq;
SELECT 'initiative', key, title, stage FROM initiative ORDER BY key;
SELECT 'initiative_article', i.key, rank, a.key FROM initiative_article m JOIN initiative i ON i.id = initiative
    JOIN article a ON a.id = article ORDER BY 2, 3;
SELECT 'initiative_unit', key, rank, unit FROM initiative_unit JOIN initiative ON id = initiative ORDER BY 2, 3;
SELECT 'initiative_category', key, rank, category FROM initiative_category JOIN initiative ON id = initiative ORDER BY 2, 3;
SELECT 'tally', month, unit, category, unit_rank, category_rank, i.key, a.key, t.published, first_of_month, earlier
    FROM tally t JOIN initiative i ON i.id = initiative JOIN article a ON a.id = article ORDER BY 2, 3, 4, 5, 6, 7, 8;
SELECT 'candidate', block, c.key, views, a.key, day, counts, length, unit, units, categories, stage, promoted, hex(print)
    FROM candidate c JOIN article a ON a.id = article ORDER BY 2, 3, 4;
SELECT 'waiting', (SELECT COUNT(*) FROM pending), (SELECT COUNT(*) FROM touched);
SELECT 'variant', key, v.chosen, v.evidence, v.digest, v.reader, v.encoding, v.basis, v.published, v.hint_regions, v.hint_keywords, quote(v.raw)
    FROM variant v JOIN article a ON a.id = article ORDER BY 2, 5;
SELECT DISTINCT 'sighting', key, COALESCE(m.name, i.name), s.line FROM sighting s JOIN article a ON a.id = article
    JOIN input i ON i.id = s.input LEFT JOIN member m ON m.input = s.input AND m.number = s.member ORDER BY 2, 3, 4;
