/*
 * Lets a program on Linux for x86-64 find an older processor: the instruction that says what the processor can do is made to trap (CPUID
 * faulting, arch_prctl), and answered without what is to be hidden. For measuring libraries that have no setting of their own for this.
 *
 *   cc -O1 -shared -fPIC -o older_cpu.so older_cpu.c
 *   OLDER_CPU=avx2 LD_PRELOAD=./older_cpu.so PROGRAM
 *
 * OLDER_CPU is what is left: avx2 (as Haswell to Comet Lake, Zen to Zen 3), avx_vnni (Alder Lake and later), avx512 (Skylake-X), or avx512_vnni
 * (Cascade Lake, Ice Lake).
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#define ARCH_SET_CPUID 0x1012

typedef int (*sigaction_function)(int, const struct sigaction *, struct sigaction *);

static sigaction_function real_sigaction;
static struct sigaction others; /* what the program wants to be called at SIGSEGV */
static int hides_avx512;
static int hides_vnni;

static void set_cpuid(unsigned long allowed) {
    syscall(SYS_arch_prctl, ARCH_SET_CPUID, allowed);
}

static void ask(uint32_t leaf, uint32_t part, uint32_t *a, uint32_t *b, uint32_t *c, uint32_t *d) {
    __asm__ volatile("cpuid" : "=a"(*a), "=b"(*b), "=c"(*c), "=d"(*d) : "0"(leaf), "2"(part));
}

static void hide(uint32_t leaf, uint32_t part, uint32_t *a, uint32_t *b, uint32_t *c, uint32_t *d) {
    if (leaf == 7 && part == 0) {
        *d &= ~(1u << 22 | 1u << 23 | 1u << 24 | 1u << 25); /* AMX-BF16, AVX512-FP16, AMX-TILE, AMX-INT8 */
        if (hides_vnni || hides_avx512) {
            *c &= ~(1u << 11); /* AVX512-VNNI */
        }
        if (hides_avx512) {
            /* F, DQ, IFMA, PF, ER, CD, BW, VL */
            *b &= ~(1u << 16 | 1u << 17 | 1u << 21 | 1u << 26 | 1u << 27 | 1u << 28 | 1u << 30 | 1u << 31);
            *c &= ~(1u << 1 | 1u << 6 | 1u << 12 | 1u << 14); /* VBMI, VBMI2, BITALG, VPOPCNTDQ */
            *d &= ~(1u << 2 | 1u << 3 | 1u << 8);             /* 4VNNIW, 4FMAPS, VP2INTERSECT */
        }
    } else if (leaf == 7 && part == 1) {
        *a &= ~(1u << 5 | 1u << 21); /* AVX512-BF16, AMX-FP16 */
        *d &= ~(1u << 4 | 1u << 5 | 1u << 8 | 1u << 10 | 1u << 19); /* AVX-VNNI-INT8, AVX-NE-CONVERT, AMX-COMPLEX, AVX-VNNI-INT16, AVX10 */
        if (hides_vnni) {
            *a &= ~(1u << 4); /* AVX-VNNI */
        }
    }
}

static void at_fault(int signal, siginfo_t *info, void *context) {
    greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
    const unsigned char *code = (const unsigned char *)registers[REG_RIP];
    if (info->si_code == SI_KERNEL && code[0] == 0x0f && code[1] == 0xa2) {
        uint32_t a, b, c, d;
        uint32_t leaf = (uint32_t)registers[REG_RAX], part = (uint32_t)registers[REG_RCX];
        set_cpuid(1);
        ask(leaf, part, &a, &b, &c, &d);
        set_cpuid(0);
        hide(leaf, part, &a, &b, &c, &d);
        registers[REG_RAX] = a;
        registers[REG_RBX] = b;
        registers[REG_RCX] = c;
        registers[REG_RDX] = d;
        registers[REG_RIP] += 2;
        return;
    }
    if (others.sa_flags & SA_SIGINFO) {
        others.sa_sigaction(signal, info, context);
    } else if (others.sa_handler != SIG_DFL && others.sa_handler != SIG_IGN) {
        others.sa_handler(signal);
    } else {
        struct sigaction usual;
        memset(&usual, 0, sizeof usual);
        usual.sa_handler = SIG_DFL;
        real_sigaction(SIGSEGV, &usual, NULL); /* it happens again, and ends the program */
    }
}

/* The program's handler comes second. */
int sigaction(int signal, const struct sigaction *wanted, struct sigaction *before) {
    if (real_sigaction == NULL) {
        real_sigaction = (sigaction_function)dlsym(RTLD_NEXT, "sigaction");
    }
    if (signal != SIGSEGV) {
        return real_sigaction(signal, wanted, before);
    }
    if (before != NULL) {
        *before = others;
    }
    if (wanted != NULL) {
        others = *wanted;
    }
    return 0;
}

__attribute__((constructor)) static void begin(void) {
    const char *kind = getenv("OLDER_CPU");
    if (kind == NULL) {
        return;
    }
    hides_avx512 = strcmp(kind, "avx2") == 0 || strcmp(kind, "avx_vnni") == 0;
    hides_vnni = strcmp(kind, "avx2") == 0 || strcmp(kind, "avx512") == 0;
    if (!hides_avx512 && !hides_vnni && strcmp(kind, "avx512_vnni") != 0) {
        fprintf(stderr, "OLDER_CPU is avx2, avx_vnni, avx512 or avx512_vnni, not %s\n", kind);
        exit(2);
    }
    real_sigaction = (sigaction_function)dlsym(RTLD_NEXT, "sigaction");
    struct sigaction ours;
    memset(&ours, 0, sizeof ours);
    ours.sa_sigaction = at_fault;
    ours.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    real_sigaction(SIGSEGV, &ours, NULL);
    if (syscall(SYS_arch_prctl, ARCH_SET_CPUID, 0) != 0) {
        fprintf(stderr, "this machine cannot hide what its processor can do (no CPUID faulting)\n");
        exit(2);
    }
}
