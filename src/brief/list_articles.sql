-- All articles in scope, oldest first, undated last. ?1, ?2: first and last day (NULL: no condition); ?3: prefix of the key.
-- Lists inside a row are joined by U+001F, which no stored text holds: control characters are removed on the way in.
SELECT a.id, a.key, a.external_id, a.source, a.source_line, a.title, a.outlet, a.url, a.published, a.lo, a.hi, a.basis,
       a.date_evidence, i.key, n.is_initiative, coalesce((SELECT value = 'yes' FROM correction WHERE article = a.id AND field = 'initiative'), n.score),
       EXISTS (SELECT 1 FROM correction WHERE article = a.id AND field <> 'note'),
       (SELECT value FROM finding WHERE article = a.id AND kind = 'event' ORDER BY rank LIMIT 1),
       (SELECT group_concat(v, char(31)) FROM
           (SELECT value AS v FROM finding WHERE article = a.id AND kind = 'city' ORDER BY rank)),
       (SELECT group_concat(v, char(31)) FROM
           (SELECT value AS v FROM finding WHERE article = a.id AND kind = 'category' ORDER BY rank))
FROM article a
LEFT JOIN analysis n ON n.article = a.id
LEFT JOIN initiative_article m ON m.article = a.id
LEFT JOIN initiative i ON i.id = m.initiative
WHERE (?1 IS NULL OR a.published BETWEEN ?1 AND ?2) AND a.key >= ?3 AND a.key < ?3 || char(1114111)
ORDER BY a.published IS NULL, a.published, a.key
