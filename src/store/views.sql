-- Views for whoever opens the database with sqlite3: the figures of the CSV tables of a month over the whole country, under
-- the same names of columns (src/data/csv.tsv). The program itself does not use them. One step of migration.
--
--     SELECT * FROM v_cities_month WHERE month = '2024-01' AND category_code = 'total' ORDER BY rank;
--
-- A month without collected articles has no rows: there is no figure then, which is not a figure of zero.

-- Months with collected articles: first day, the same as text, last day, how many articles.
CREATE VIEW v_months AS
SELECT CAST(strftime('%s', published * 86400, 'unixepoch', 'start of month') AS INTEGER) / 86400 AS first_day,
       strftime('%Y-%m', published * 86400, 'unixepoch') AS month,
       CAST(strftime('%s', published * 86400, 'unixepoch', 'start of month', '+1 month', '-1 day') AS INTEGER) / 86400 AS last_day,
       count(*) AS collected
FROM article
WHERE published IS NOT NULL
GROUP BY strftime('%Y-%m', published * 86400, 'unixepoch');

-- The categories and the total over them, in the order of printing.
CREATE VIEW v_categories AS
SELECT 'total' AS category_code, '전체' AS category, -1 AS position
UNION ALL
SELECT key, label, position FROM category;

-- Each unit as it is on the last day of a month, or as it last was.
CREATE VIEW v_places AS
SELECT m.month, r.unit, r.code AS region_code, r.sido, r.name AS region, r.full_name
FROM v_months m
JOIN region r ON m.last_day BETWEEN r.valid_from AND r.valid_to
                 OR r.valid_from = (SELECT max(valid_from) FROM region WHERE unit = r.unit)
                    AND NOT EXISTS (SELECT 1 FROM region WHERE unit = r.unit AND m.last_day BETWEEN valid_from AND valid_to);

CREATE VIEW v_trend AS
SELECT m.month, c.category_code, c.category, coalesce(sum(t.first_of_month), 0) AS initiatives, count(t.article) AS articles,
       m.collected
FROM v_months m
JOIN v_categories c
LEFT JOIN tally t ON t.month = m.first_day AND t.unit_rank = 0
                     AND (t.category = c.category_code OR c.category_code = 'total' AND t.category_rank = 0)
GROUP BY m.month, c.position
ORDER BY m.month, c.position;

-- Places with an initiative in the month.
CREATE VIEW v_cities_month AS
SELECT p.month, p.region_code, p.sido, p.region, c.category_code, c.category,
       coalesce(sum(t.first_of_month), 0) AS initiatives, count(t.article) AS articles,
       CASE WHEN c.category_code = 'total'
            THEN rank() OVER (PARTITION BY p.month, c.category_code ORDER BY sum(t.first_of_month) DESC) END AS rank
FROM (SELECT DISTINCT month, unit FROM tally) at
JOIN v_months m ON m.first_day = at.month
JOIN v_places p ON p.month = m.month AND p.unit = at.unit
JOIN v_categories c
LEFT JOIN tally t ON t.month = at.month AND t.unit = at.unit
                     AND (t.category = c.category_code OR c.category_code = 'total' AND t.category_rank = 0)
GROUP BY p.month, p.unit, c.position;

-- The same for the twelve months that end with the month, each initiative once.
CREATE VIEW v_cities_12m AS
SELECT p.month, p.region_code, p.sido, p.region, c.category_code, c.category,
       sum(t.first_of_month AND t.earlier < w.first_day) AS initiatives_12m, count(*) AS articles_12m
FROM (SELECT month, first_day AS last_month,
             CAST(strftime('%s', first_day * 86400, 'unixepoch', '-11 months') AS INTEGER) / 86400 AS first_day
      FROM v_months) w
JOIN tally t ON t.month BETWEEN w.first_day AND w.last_month
JOIN v_places p ON p.month = w.month AND p.unit = t.unit
JOIN v_categories c ON t.category = c.category_code OR c.category_code = 'total' AND t.category_rank = 0
GROUP BY p.month, p.unit, c.position;

-- Articles with what the rules and persons say of them. counted: certainly dated and the report of an initiative; the
-- others are initiatives without a certain date. Codes are those of the month, of the undated the latest.
CREATE VIEW v_articles AS
SELECT strftime('%Y-%m', a.published * 86400, 'unixepoch') AS month, a.published IS NOT NULL AS counted, a.key AS article_id,
       a.title, a.outlet, a.url, date(a.published * 86400, 'unixepoch') AS published, a.basis,
       CASE WHEN a.published IS NULL THEN date(a.lo * 86400, 'unixepoch') END AS earliest,
       CASE WHEN a.published IS NULL THEN date(a.hi * 86400, 'unixepoch') END AS latest,
       a.date_evidence,
       (SELECT group_concat(code, ';') FROM
           (SELECT coalesce(p.region_code, (SELECT code FROM region WHERE unit = u.count_unit ORDER BY valid_from DESC LIMIT 1)) AS code
            FROM finding f
            JOIN region u ON u.unit = f.value AND u.valid_from = (SELECT max(valid_from) FROM region WHERE unit = f.value)
            LEFT JOIN v_places p ON p.unit = u.count_unit AND p.month = strftime('%Y-%m', a.published * 86400, 'unixepoch')
            WHERE f.article = a.id AND f.kind = 'city' GROUP BY u.count_unit ORDER BY min(f.seq))) AS region_codes,
       (SELECT group_concat(key, ';') FROM
           (SELECT c.key FROM finding f JOIN category c ON c.key = f.value
            WHERE f.article = a.id AND f.kind = 'category' GROUP BY c.key ORDER BY c.position)) AS category_codes,
       i.key AS initiative_id, n.is_initiative,
       coalesce((SELECT value = 'yes' FROM correction WHERE article = a.id AND field = 'initiative'), n.score) AS score,
       a.source
FROM article a
JOIN analysis n ON n.article = a.id
LEFT JOIN initiative_article x ON x.article = a.id
LEFT JOIN initiative i ON i.id = x.initiative
WHERE CASE WHEN a.published IS NULL THEN n.is_initiative ELSE x.article IS NOT NULL END;

-- Initiatives by month: what its certainly dated articles of the month report.
CREATE VIEW v_initiatives AS
SELECT a.month, i.key AS initiative_id, i.title, i.stage, p.region_code, p.sido, p.region,
       (SELECT group_concat(region_code, ';') FROM
           (SELECT q.region_code FROM initiative_unit u JOIN v_places q ON q.unit = u.unit AND q.month = a.month
            WHERE u.initiative = i.id ORDER BY u.rank)) AS region_codes,
       (SELECT group_concat(key, ';') FROM
           (SELECT c.key FROM initiative_category x JOIN category c ON c.key = x.category
            WHERE x.initiative = i.id ORDER BY c.position)) AS category_codes,
       min(a.published) AS first, max(a.published) AS last, count(*) AS articles,
       (SELECT group_concat(key, ';') FROM
           (SELECT b.key FROM initiative_article y JOIN article b ON b.id = y.article
            WHERE y.initiative = i.id AND strftime('%Y-%m', b.published * 86400, 'unixepoch') = a.month
            ORDER BY b.published, b.key)) AS article_ids,
       max(a.score) AS score
FROM v_articles a
JOIN initiative i ON i.key = a.initiative_id
LEFT JOIN initiative_unit main ON main.initiative = i.id AND main.rank = 0
LEFT JOIN v_places p ON p.unit = main.unit AND p.month = a.month
WHERE a.counted
GROUP BY a.month, i.key;
