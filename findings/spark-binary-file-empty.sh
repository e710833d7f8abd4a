#!/usr/bin/env bash
# Apache Spark: the sources of whole files, "binaryFile" and "text" with wholetext, leave out files of length 0 without a word.
#
# The good guess: binaryFile gives a row for each file (its documentation: "converts each file into a single record"), an empty one with a length of 0;
# text with wholetext gives a row for each file, an empty one with an empty text.
# What is seen: a folder with two files and an empty third gives two rows in both. The file is in inputFiles(), and no log line names it.
# Why it matters: who labels or checks files by the million counts fewer answers than files and does not learn which ones are missing; an empty
# file, a broken upload as a rule, is just what should be reported.
# Versions: pyspark 4.2.0 from PyPI, Java 17.
# The way round: list the paths (inputFiles(), or Hadoop's FileSystem) and read them in the tasks, as samples/spark does.
#
# Needs python3, PyPI and a Java 17; downloads 440 MB. Exit code 1 if it is otherwise now.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check pyspark==4.2.0
mkdir "$work/files"
printf 'one' >"$work/files/a"
: >"$work/files/b"
printf 'three' >"$work/files/c"
cat >"$work/count.py" <<'PYTHON'
import sys

import pyspark
from pyspark.sql import SparkSession

spark = SparkSession.builder.master('local[1]').config('spark.ui.enabled', 'false').getOrCreate()
spark.sparkContext.setLogLevel('WARN')
files = spark.read.format('binaryFile').load(sys.argv[1])
texts = spark.read.option('wholetext', True).text(sys.argv[1])
print('pyspark', pyspark.__version__)
rows = files.select('path', 'length').collect()
found = {row.path.rsplit('/', 1)[1]: row.length for row in rows}
print('files in the folder: 3; inputFiles():', len(files.inputFiles()))
print('binaryFile:', found)
print('text with wholetext:', sorted(row.value for row in texts.collect()))
as_described = len(files.inputFiles()) == 3 and found == {'a': 3, 'c': 5} and texts.count() == 2
sys.exit(0 if as_described else 1)
PYTHON
if PYTHONWARNINGS=ignore "$work/venv/bin/python" "$work/count.py" "$work/files" 2>"$work/log"; then
    if grep -q 'files/b' "$work/log"; then
        echo "The log names the empty file now."
        exit 1
    fi
    echo "As described."
else
    tail -n 3 "$work/log"
    echo "It is otherwise now."
    exit 1
fi
