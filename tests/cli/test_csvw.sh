# The metadata of CSV on the Web as another program understands them, where it is installed: pip install csvw.
. "$(dirname "$0")/lib.sh"
MONTH=2024-01
if ! python3 -c 'import csvw' 2> /dev/null; then
    skip "csv-metadata.json is valid and describes the tables" "the Python package csvw is not installed"
    finish
    exit
fi
"$BUILD/generate-corpus" "$SCRATCH/generated" 1 > /dev/null
cat > "$SCRATCH/validate.py" << 'PYTHON'
import sys, warnings
warnings.simplefilter("error")
from csvw import CSVW, TableGroup
print("valid" if CSVW(sys.argv[1], validate=True).is_valid else "not valid")
group = TableGroup.from_file(sys.argv[1])
for table in group.tables:
    print(table.local_name, sum(1 for row in table.iterdicts(strict=True)), table.check_primary_key())
print(group.check_referential_integrity(strict=True))
PYTHON
cd "$SCRATCH" || exit 1
"$BIN" import --quiet --db hostile.db "$ROOT/tests/hostile/titles.jsonl" > /dev/null 2>&1
"$BIN" import --quiet --db sample.db generated/pages "$ROOT/tests/corpus/pages" "$ROOT/tests/corpus/jsonl" > /dev/null 2>&1
for set in hostile sample; do
    "$BIN" --month $MONTH --db $set.db --output $set --format csv --quiet
    wanted=valid
    for table in cities initiatives articles trend facts; do
        rows=$(csv_cells $set/$MONTH/$table-$MONTH.csv | tail -n +2 | wc -l)
        wanted="$wanted $table-$MONTH.csv $rows True"
    done
    is "$set: csv-metadata.json is valid and describes the tables" \
        "$(python3 validate.py $set/$MONTH/csv-metadata.json 2>&1 | tail -n 20 | tr '\n' ' ')" "$wanted True "
done
# The check itself can fail.
sed 's/"integer"/"date"/' sample/$MONTH/csv-metadata.json > sample/$MONTH/wrong.json
is "a wrong type is found" "$(python3 validate.py sample/$MONTH/wrong.json > /dev/null 2>&1 && echo found nothing)" ""
finish
