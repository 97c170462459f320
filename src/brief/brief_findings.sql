-- What those articles say, in the order of brief_sources.sql and with its parameters.
SELECT f.article, f.kind, f.value, f.end_byte, f.score
FROM tally t
CROSS JOIN finding f ON f.article = t.article
WHERE t.month BETWEEN ?1 AND ?2 AND t.published BETWEEN ?3 AND ?4 AND +t.unit_rank = 0 AND +t.category_rank = 0
      AND f.kind IN ('city', 'category', 'agency', 'money', 'target', 'zone')
ORDER BY t.month, t.unit, t.category, t.unit_rank, t.category_rank, t.initiative, t.article, f.seq
