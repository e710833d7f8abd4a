#!/usr/bin/env bash
# What a release would publish, made twice from two copies of this checkout: both have the same bytes, sources, Javadoc, licence and
# list of dependencies are there, and from a repository that holds nothing else of ours a Maven project (which imports the BOM), a Gradle project
# (where Gradle is installed) and, with JAVA_NEWER=DIR, another Java run the sample of the README. Takes ten minutes.
# MAVEN_REPOSITORY, or else ~/.m2/repository, is where the libraries of others are taken from.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
version=$(sed -n 's:.*<version>\(.*-SNAPSHOT\|[0-9.]*\)</version>.*:\1:p' "$home/runtime/pom.xml" | head -n 1)
published="runtime convert train samples/serve"

failed() {
    echo "release: FAILED: $*"
    exit 1
}

grep -q "<version>$version</version>" "$home/ci/bom/pom.xml" || failed "ci/bom has another version than $version"

# Twice, in folders of different names
for copy in one "the other"; do
    mkdir "$scratch/$copy"
    git -C "$home" ls-files -z | (cd "$home" && tar --null -T - -c) | tar -x -C "$scratch/$copy"
    # shellcheck disable=SC2086  # it holds several words
    (cd "$scratch/$copy" && mvn -q -B -ntp -Prelease -Dquick -DskipTests ${ELASTIC_MAVEN:-} \
        deploy -DaltDeploymentRepository="scratch::file:$scratch/repository $copy")
done
artifacts() {
    (cd "$scratch/$1" && for module in $published; do find "$module/target" -maxdepth 1 \( -name '*.jar' -o -name 'sbom.json' \); done | sort)
}
[ "$(artifacts one)" = "$(artifacts "the other")" ] || failed "the two builds left other files"
while read -r file; do
    cmp -s "$scratch/one/$file" "$scratch/the other/$file" || failed "$file is not the same in two builds"
    echo "release: $(sha256sum <"$scratch/one/$file" | cut -c 1-16) $file"
done < <(artifacts one)
echo "release: two builds are the same: ok"

# What Maven Central asks for
for module in $published; do
    name=elasticvision-$(basename "$module")
    folder=$(echo "$scratch/repository one/org/elasticvision/$name/$version")
    for ending in jar sources.jar javadoc.jar cyclonedx.json pom; do
        case $ending in
        jar) found=$(find "$folder" -name "$name-*[0-9].jar") ;;
        *) found=$(find "$folder" -name "$name-*$ending" | grep -v '\.\(md5\|sha1\)$') ;;
        esac
        [ -n "$found" ] || failed "$name has no $ending"
        [ "$ending" != jar ] || jar=$found
    done
    content=$(unzip -Z1 "$jar")
    for file in META-INF/LICENSE META-INF/NOTICE; do
        grep -qxF "$file" <<<"$content" || failed "$name has no $file"
    done
    unzip -p "$jar" META-INF/MANIFEST.MF | grep -q '^Automatic-Module-Name: org.elasticvision\.' || failed "$name has no module name"
done
echo "release: jars, sources, Javadoc, SBOM, licence, module names: ok"
for element in url scm; do
    grep -q "^  <$element>" "$home/pom.xml" || echo "release: still to be filled in before Maven Central takes it: <$element> of pom.xml and ci/bom/pom.xml"
done

# Who uses it. The libraries of others come from the usual repository, ours from the one just made.
usual=${MAVEN_REPOSITORY:-$HOME/.m2/repository}
mkdir -p "$scratch/local" "$scratch/consumer/src/main/java"
if [ -d "$usual" ]; then cp -a "$usual/." "$scratch/local"; fi
rm -rf "$scratch/local/org/elasticvision"
cp "$home/samples/src/main/java/org/elasticvision/samples/ClassifyPhoto.java" "$scratch/consumer/src/main/java"
cat >"$scratch/consumer/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId>
  <artifactId>consumer</artifactId>
  <version>1</version>
  <properties>
    <maven.compiler.source>17</maven.compiler.source>
    <maven.compiler.target>17</maven.compiler.target>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <repositories>
    <repository>
      <id>scratch</id>
      <url>file:$scratch/repository one</url>
    </repository>
  </repositories>
  <dependencyManagement>
    <dependencies>
      <dependency>
        <groupId>org.elasticvision</groupId>
        <artifactId>elasticvision-bom</artifactId>
        <version>$version</version>
        <type>pom</type>
        <scope>import</scope>
      </dependency>
    </dependencies>
  </dependencyManagement>
  <dependencies>
    <dependency>
      <groupId>org.elasticvision</groupId>
      <artifactId>elasticvision-runtime</artifactId>
    </dependency>
  </dependencies>
</project>
POM
"$home/elastic" --version >/dev/null # builds what makes the model
java -Djava.awt.headless=true -cp "$home/train/target/elasticvision-train.jar:$(cat "$home/train/target/classpath.txt")" \
    "$home/ci/common/UntrainedModel.java" resnext_tiny_elastic 64 "$scratch"
mvn -q -B -ntp -f "$scratch/consumer/pom.xml" -Dmaven.repo.local="$scratch/local" compile \
    org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath -Dmdep.outputFile="$scratch/classpath"

# answers NAME JAVA: five lines of classes; what it writes to standard error is shown
answers() {
    local name=$1 java=$2
    "$java" -cp "$scratch/consumer/target/classes:$(cat "$scratch/classpath")" org.elasticvision.samples.ClassifyPhoto \
        "$scratch/model.onnx" "$scratch/photo.jpg" >"$scratch/out" 2>"$scratch/err" || { cat "$scratch/err"; failed "$name"; }
    [ -s "$scratch/out" ] || failed "$name: no answer"
    sed 's/^/release:     /' "$scratch/err"
    echo "release: $name: $(head -n 1 "$scratch/out"): ok"
}
answers "a Maven project with the BOM" java
if [ -n "${JAVA_NEWER:-}" ]; then
    answers "the same in Java $("$JAVA_NEWER/bin/java" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p')" "$JAVA_NEWER/bin/java"
fi

if ! command -v gradle >/dev/null; then
    echo "release: Gradle: skipped, for want of gradle"
    exit 0
fi
javacpp=$(sed -n 's:.*<javacpp.version>\(.*\)</javacpp.version>.*:\1:p' "$home/pom.xml")
# The lines of docs/platforms.md, with the repositories of this test
{
    cat <<GRADLE
apply plugin: 'java'
repositories {
    maven { url new File('$scratch/repository one').toURI() }
    maven { url new File('$scratch/local').toURI() }
}
GRADLE
    sed -n '/^## Native libraries in Gradle/,/^## /s/^    //p' "$home/docs/platforms.md" | sed 's/linux-arm64/linux-x86_64/'
    cat <<'GRADLE'
task paths { doLast { println 'classpath=' + sourceSets.main.runtimeClasspath.asPath } }
GRADLE
} >"$scratch/consumer/build.gradle"
grep -q "'$javacpp'" "$scratch/consumer/build.gradle" || failed "docs/platforms.md names another JavaCPP than $javacpp"
(cd "$scratch/consumer" && rm -rf target && gradle --no-daemon -g "$scratch/gradle" -q --offline compileJava paths >"$scratch/paths" 2>"$scratch/err") ||
    { cat "$scratch/err"; failed "gradle"; }
sed -n 's/^classpath=//p' "$scratch/paths" >"$scratch/classpath"
answers "a Gradle project as in docs/platforms.md" java
