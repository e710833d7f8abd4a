# Sourced, with the name of a folder or nothing in work_folder: sets folder to it, made and kept, or to a temporary one that goes with the script.
# shellcheck shell=bash disable=SC2034
if [ -n "$work_folder" ]; then
    mkdir -p "$work_folder"
    folder=$(cd "$work_folder" && pwd)
else
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
fi
