-- Certainly dated articles by day: coverage. ?1, ?2: first and last day.
SELECT published, count(*) FROM article WHERE published BETWEEN ?1 AND ?2 GROUP BY published
