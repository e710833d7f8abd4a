#!/usr/bin/env bash
# JavaCPP's FFmpeg preset for Linux on arm64 needs libva and libdrm of the system, which the one for x86-64 has inside.
#
# The good guess: org.bytedeco:ffmpeg and its jar for a platform are all that is needed there, as on x86-64: a decoder for the CPU has no use
# for libva, which is for GPUs.
# What is seen: libavutil of linux-arm64 is linked with libva.so.2, libva-drm.so.2 and libdrm.so.2, and these are not in the jar; that of
# linux-x86_64 is linked with the same and has them. On an arm64 system without them each class of the preset throws UnsatisfiedLinkError,
# "no jniavutil", and only its cause names libva-drm.so.2.
# Why it matters: a program that reads videos runs on every Linux on x86-64, and on arm64 servers, containers and boards only where a
# package happens to have brought libva.
# Versions: org.bytedeco:ffmpeg 8.0.1-1.5.13 (Maven Central), linux-arm64 and linux-x86_64.
# The way round: install them (Debian: apt install libva-drm2), as ElasticVision says where it meets the error.
#
# Needs mvn, unzip and readelf; downloads 53 MB. Exit code 1 if it is otherwise now.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for platform in linux-x86_64 linux-arm64; do
    mvn -B -q --no-transfer-progress org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
        -Dartifact="org.bytedeco:ffmpeg:8.0.1-1.5.13:jar:$platform" -DoutputDirectory="$work"
    unzip -q "ffmpeg-8.0.1-1.5.13-$platform.jar" "org/bytedeco/ffmpeg/$platform/lib*" -d "$platform"
    libraries=$platform/org/bytedeco/ffmpeg/$platform
    lacking=
    for need in $(readelf -d "$libraries"/libavutil.so.* | sed -n 's/.*(NEEDED).*\[\(lib\(va\|drm\).*\)\]/\1/p' | sort); do
        [ -e "$libraries/$need" ] || lacking="$lacking $need"
    done
    echo "$platform: not in the jar:${lacking:- none}"
    echo "$platform:$lacking" >>seen
done
[ "$(cat seen)" = "linux-x86_64:
linux-arm64: libdrm.so.2 libva-drm.so.2 libva.so.2" ] || { echo "otherwise now" >&2; exit 1; }
echo "As described."
