#!/usr/bin/env bash
# GNU's OpenMP: a second team of threads in a process, even one that does nothing any more, makes the first one sleep at each step.
#
# The good guess: GOMP_SPINCOUNT (or OMP_WAIT_POLICY=active) says how long a thread looks for work before it sleeps. A thread that once led a
# parallel region, such as that of a second model in oneDNN, and now waits for its next use, costs nothing.
# What is seen: teams keep their threads while the thread that led them lives. When all teams of a process have more threads than there are
# processors, GNU's OpenMP looks for work a hundred times (1,000 with OMP_WAIT_POLICY=active) and then sleeps, whatever GOMP_SPINCOUNT says. With one team
# 3,000 short parallel regions sleep next to never; with an idle second team they sleep thousands of times; once the idle thread has ended, next
# to never again.
# Why it matters: a neural network is some hundred parallel regions of a tenth of a millisecond, and to be woken takes up to two tenths on a
# virtual machine. Two models in one process, used one after the other, each ran at half of their speed.
# Versions: libgomp.so.1 of org.bytedeco:dnnl 3.11-1.5.13 (Maven Central), linux-x86_64; compiled with any gcc.
# The way round: let one thread per process lead the regions, for all models, as ElasticVision does; or end the threads that led them.
#
# Needs mvn, a JDK, unzip, gcc and Linux on x86-64 with at least 2 processors; downloads 28 MB. Exit code 1 if it is otherwise now.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mvn -B -q --no-transfer-progress org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    -Dartifact=org.bytedeco:dnnl:3.11-1.5.13:jar:linux-x86_64 -DoutputDirectory="$work"
unzip -q -j dnnl-*.jar 'org/bytedeco/dnnl/linux-x86_64/libgomp.so.1'
cat >teams.c <<'C'
#include <omp.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

static sem_t led, end;

static double micros(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

static void work(double length) { /* some microseconds of anything */
    for (double until = micros() + length; micros() < until;) {
    }
}

static long sleeps(int regions) {
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    for (int i = 0; i < regions; i++) {
#pragma omp parallel
        work(omp_get_thread_num() == 0 ? 20 : 5);
        work(10);
    }
    getrusage(RUSAGE_SELF, &after);
    return after.ru_nvcsw - before.ru_nvcsw;
}

static void *second(void *unused) {
    (void)unused;
    sleeps(1);
    sem_post(&led);
    sem_wait(&end);
    return NULL;
}

int main(void) {
    sem_init(&led, 0, 0);
    sem_init(&end, 0, 0);
    sleeps(100);
    long alone = sleeps(3000);
    pthread_t thread;
    pthread_create(&thread, NULL, second, NULL);
    sem_wait(&led);
    long beside = sleeps(3000);
    sem_post(&end);
    pthread_join(thread, NULL);
    long again = sleeps(3000);
    printf("%d threads; sleeps in 3000 regions: one team %ld, beside an idle one %ld, after its end %ld\n", omp_get_max_threads(), alone,
           beside, again);
    return !(beside > 1000 && alone < beside / 5 && again < beside / 5);
}
C
gcc -O1 -fopenmp -o teams teams.c -lpthread
GOMP_SPINCOUNT=1000000 LD_LIBRARY_PATH=$work ./teams || { echo "otherwise now" >&2; exit 1; }
echo "As described."
