# To be sourced: what bin/elastic sets for 'train', for scripts that start Java by themselves. "${training[@]}" goes before the command.
# shellcheck shell=bash disable=SC2034
training=(env OPENBLAS_NUM_THREADS=1 MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TOP_PAD_=67108864
    MALLOC_TRIM_THRESHOLD_=8589934592 GLIBC_TUNABLES=glibc.malloc.hugetlb=1 OMP_WAIT_POLICY=passive GOMP_SPINCOUNT="${GOMP_SPINCOUNT:-3000}")
