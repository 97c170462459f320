-- Articles that report an initiative, on no certain day, but perhaps within the period: those that are inferred for another
-- time are not among them. Columns as in brief_sources.sql. ?1, ?2: first and last day.
SELECT 0, a.id, a.key, a.title, a.outlet, a.url, a.published, a.basis, a.lo, a.hi, a.date_evidence, a.source,
       i.key, n.is_initiative, coalesce((SELECT value = 'yes' FROM correction WHERE article = a.id AND field = 'initiative'), n.score),
       EXISTS (SELECT 1 FROM correction WHERE article = a.id AND field <> 'note')
FROM article a INDEXED BY article_undated
CROSS JOIN analysis n ON n.article = a.id AND n.is_initiative
LEFT JOIN initiative_article m ON m.article = a.id
LEFT JOIN initiative i ON i.id = m.initiative
WHERE a.published IS NULL AND (a.lo IS NULL OR a.lo <= ?2) AND (a.hi IS NULL OR a.hi >= ?1)
ORDER BY a.key
