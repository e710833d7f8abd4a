# Sourced: sets fashion to a folder with Fashion-MNIST's four IDX files (70,000 pictures of 28x28): where Debian's dataset-fashion-mnist is
# installed, or else what is in that package, which apt downloads (31 MB) and dpkg unpacks into target/fashion-mnist once, without installing
# it. Leaves it empty, with a line that says so, where neither is possible.
# shellcheck shell=bash disable=SC2034
fashion=/usr/share/datasets/fashion-mnist
if [ ! -d "$fashion" ]; then
    fashion=$(cd "$here/.." && pwd)/target/fashion-mnist
    if [ ! -d "$fashion" ]; then
        fashion_work=$(mktemp -d)
        if (cd "$fashion_work" && apt-get --quiet download dataset-fashion-mnist && dpkg-deb -x dataset-fashion-mnist_*.deb .) \
            >"$fashion_work/log" 2>&1; then
            mkdir -p "$fashion"
            cp "$fashion_work"/usr/share/datasets/fashion-mnist/*-ubyte.gz "$fashion"
        else
            echo "Fashion-MNIST is not here (Debian: dataset-fashion-mnist): $(tail -n 1 "$fashion_work/log")"
            fashion=
        fi
        rm -rf "$fashion_work"
    fi
fi
