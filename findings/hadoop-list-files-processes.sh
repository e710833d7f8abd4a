#!/usr/bin/env bash
# Apache Hadoop: FileSystem.listFiles on a local disk starts a process for each file.
#
# The good guess: listFiles(folder, true) lists a folder, by Java's own means where the folder is on a disk.
# What is seen: for 50 files "ls" is started 50 times. What listFiles gives carries the permissions of each file, and without Hadoop's native
# library, which neither Maven Central nor PyPI's pyspark has, they are read from the output of "ls -ld FILE". listStatusIterator on the same folder
# starts none.
# Why it matters: Spark and other programs run on local and mounted disks too. 20,000 images took more than a minute to list on a busy machine, and
# no log line says why.
# Versions: org.apache.hadoop:hadoop-client-api and hadoop-client-runtime 3.5.0 (Maven Central), which Spark 4.2.0 has; Java 17.
# The way round: FileSystem.listStatusIterator, folder by folder, where the file system is a LocalFileSystem, as samples/spark does.
#
# Needs mvn, a JDK 17 and Linux; downloads 60 MB. Exit code 1 if it is otherwise now.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for artifact in org.apache.hadoop:hadoop-client-api:3.5.0 org.apache.hadoop:hadoop-client-runtime:3.5.0 org.slf4j:slf4j-api:2.0.17; do
    mvn -B -q --no-transfer-progress org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact="$artifact" -DoutputDirectory="$work"
done
mkdir files bin
for file in $(seq 50); do : >"files/$file"; done
printf '#!/bin/sh\necho "$@" >>%s/started\nexec %s "$@"\n' "$work" "$(command -v ls)" >bin/ls
chmod +x bin/ls
cat >Listing.java <<'JAVA'
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

class Listing {
    public static void main(String[] arguments) throws Exception {
        Path folder = new Path("files");
        FileSystem system = folder.getFileSystem(new Configuration());
        RemoteIterator<? extends FileStatus> found =
                arguments[0].equals("listFiles") ? system.listFiles(folder, true) : system.listStatusIterator(folder);
        int files = 0;
        for (; found.hasNext(); found.next()) files++;
        if (files != 50) throw new IllegalStateException(files + " files");
    }
}
JAVA
for call in listFiles listStatusIterator; do
    : >started
    PATH=$work/bin:$PATH java -cp "$(echo ./*.jar | tr ' ' ':')" Listing.java "$call" 2>log || { tail -n 3 log && exit 1; }
    echo "50 files by $call: $(wc -l <started) processes"
done | tee counts
[ "$(cat counts)" = '50 files by listFiles: 50 processes
50 files by listStatusIterator: 0 processes' ] || { echo "It is otherwise now."; exit 1; }
echo "As described."
