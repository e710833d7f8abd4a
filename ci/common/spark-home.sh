# Sourced: sets SPARK_HOME to a Spark of the version that samples/spark is built for, unless it is set: the one in PyPI's pyspark, which
# is downloaded (450 MB) into target/spark once. Needs python3 with pip.
spark_version=$(sed -n 's:.*<spark.version>\(.*\)</spark.version>.*:\1:p' "$here/../samples/spark/pom.xml")
if [ -z "${SPARK_HOME:-}" ]; then
    SPARK_HOME=$(cd "$here/.." && pwd)/target/spark/pyspark-$spark_version/deps
    if [ ! -x "$SPARK_HOME/bin/spark-submit" ]; then
        mkdir -p "$here/../target/spark"
        python3 -m pip download --quiet --disable-pip-version-check --no-deps --no-binary :all: \
            --dest "$here/../target/spark" "pyspark==$spark_version"
        tar -xzf "$here/../target/spark/pyspark-$spark_version.tar.gz" -C "$here/../target/spark" "pyspark-$spark_version/deps"
        rm "$here/../target/spark/pyspark-$spark_version.tar.gz"
    fi
fi
export SPARK_HOME SPARK_LOCAL_IP=127.0.0.1
