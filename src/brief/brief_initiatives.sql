-- The initiatives that a certainly dated article of the month reports. ?1: month. In the order of the two queries after.
SELECT id, key, title, stage FROM initiative WHERE id IN (SELECT initiative FROM tally WHERE month = ?1) ORDER BY id
