-- Their cities, main first. ?1: month.
SELECT initiative, unit FROM initiative_unit
WHERE initiative IN (SELECT initiative FROM tally WHERE month = ?1) ORDER BY initiative, rank
