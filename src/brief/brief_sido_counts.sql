-- What initiatives add to a 시·도 in which their main city is not: the rows of their first city there, so that several
-- cities of one 시·도 count once. ?1 … ?3 as in brief_counts.sql; ?4: each unit and the unit of its 시·도 on the last
-- day, five characters each, one after the other.
WITH RECURSIVE parent(at, unit, sido) AS -- cut as bytes: characters would be counted from the start each time
         (SELECT 1, CAST(substr(CAST(?4 AS BLOB), 1, 5) AS TEXT), CAST(substr(CAST(?4 AS BLOB), 6, 5) AS TEXT)
          UNION ALL
          SELECT at + 10, CAST(substr(CAST(?4 AS BLOB), at + 10, 5) AS TEXT),
                 CAST(substr(CAST(?4 AS BLOB), at + 15, 5) AS TEXT)
          FROM parent WHERE at + 10 < length(CAST(?4 AS BLOB))),
     several(initiative) AS MATERIALIZED
         (SELECT DISTINCT initiative FROM tally WHERE month BETWEEN ?1 AND ?2 AND unit_rank > 0),
     placed AS MATERIALIZED
         (SELECT u.initiative, u.unit, u.rank, row_number() OVER (PARTITION BY u.initiative, p.sido ORDER BY u.rank) AS n
          FROM several s CROSS JOIN initiative_unit u ON u.initiative = s.initiative
               CROSS JOIN parent p ON p.unit = u.unit),
     leading(initiative, unit) AS MATERIALIZED (SELECT initiative, unit FROM placed WHERE n = 1 AND rank > 0)
SELECT t.month, t.unit, t.category, t.unit_rank, t.category_rank,
       sum(t.first_of_month),
       sum(t.first_of_month AND t.month >= ?3 AND t.earlier < ?3),
       count(*)
FROM tally t CROSS JOIN leading l ON l.initiative = t.initiative AND l.unit = t.unit
WHERE t.month BETWEEN ?1 AND ?2 AND t.unit_rank > 0
GROUP BY t.month, t.unit, t.category, t.unit_rank, t.category_rank
