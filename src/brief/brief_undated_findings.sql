-- Cities and categories of those articles, in the order of brief_undated.sql and with its parameters.
SELECT a.id, f.kind, f.value
FROM article a INDEXED BY article_undated
CROSS JOIN analysis n ON n.article = a.id AND n.is_initiative
CROSS JOIN finding f ON f.article = a.id
WHERE a.published IS NULL AND (a.lo IS NULL OR a.lo <= ?2) AND (a.hi IS NULL OR a.hi >= ?1)
      AND f.kind IN ('city', 'category')
ORDER BY a.key, f.seq
