/* Hide AVX-512 and VNNI from every program that is run with this library preloaded.
 *
 *     cc -O2 -shared -fPIC -o /tmp/older_cpu.so bench/older_cpu.c
 *     LD_PRELOAD=/tmp/older_cpu.so .venv/bin/pytest -q -n 4
 *
 * Libraries choose their kernels by the CPUID instruction. Linux on x86-64 can make it fault (arch_prctl(2),
 * ARCH_SET_CPUID; the flag cpuid_fault in /proc/cpuinfo). The handler here executes it, clears the bits of AVX-512,
 * AVX-VNNI and AMX, and continues: what is left is a processor with AVX2, at full speed. Child processes inherit it.
 */
#define _GNU_SOURCE
#include <cpuid.h>
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#define BIT(n) (1u << (n))

enum { ARCH_SET_CPUID = 0x1012 };

/* Intel SDM, CPUID leaf 7. Subleaf 0: AVX-512 F, DQ, IFMA, PF, ER, CD, BW, VL; VBMI, VBMI2, VNNI, BITALG, VPOPCNTDQ;
 * 4VNNIW, 4FMAPS, VP2INTERSECT, AMX-BF16, AVX512-FP16, AMX-TILE, AMX-INT8. */
static const unsigned EBX_0 = BIT(16) | BIT(17) | BIT(21) | BIT(26) | BIT(27) | BIT(28) | BIT(30) | BIT(31);
static const unsigned ECX_0 = BIT(1) | BIT(6) | BIT(11) | BIT(12) | BIT(14);
static const unsigned EDX_0 = BIT(2) | BIT(3) | BIT(8) | BIT(22) | BIT(23) | BIT(24) | BIT(25);
/* Subleaf 1: AVX-VNNI, AVX512-BF16, AMX-FP16, AVX-IFMA; AVX-VNNI-INT8, AVX-NE-CONVERT, AVX-VNNI-INT16. */
static const unsigned EAX_1 = BIT(4) | BIT(5) | BIT(21) | BIT(23);
static const unsigned EDX_1 = BIT(4) | BIT(5) | BIT(10);

static long let_cpuid_run(long yes) { return syscall(SYS_arch_prctl, ARCH_SET_CPUID, yes); }

static void answer_cpuid(int number, siginfo_t *info, void *context) {
    greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
    const unsigned char *code = (const unsigned char *)registers[REG_RIP];
    if (info->si_code != SI_KERNEL || code[0] != 0x0f || code[1] != 0xa2) {
        signal(number, SIG_DFL); /* A real fault: it occurs again at once and ends the program. */
        return;
    }
    unsigned leaf = registers[REG_RAX], subleaf = registers[REG_RCX], a, b, c, d;
    let_cpuid_run(1);
    __cpuid_count(leaf, subleaf, a, b, c, d);
    let_cpuid_run(0);
    if (leaf == 7 && subleaf == 0) { b &= ~EBX_0; c &= ~ECX_0; d &= ~EDX_0; }
    if (leaf == 7 && subleaf == 1) { a &= ~EAX_1; d &= ~EDX_1; }
    registers[REG_RAX] = a;
    registers[REG_RBX] = b;
    registers[REG_RCX] = c;
    registers[REG_RDX] = d;
    registers[REG_RIP] += 2;
}

static int real_sigaction(int number, const struct sigaction *action, struct sigaction *old) {
    int (*next)(int, const struct sigaction *, struct sigaction *) = dlsym(RTLD_NEXT, "sigaction");
    return next(number, action, old);
}

/* Python's faulthandler must not replace the handler above. */
int sigaction(int number, const struct sigaction *action, struct sigaction *old) {
    return real_sigaction(number, number == SIGSEGV ? NULL : action, old);
}

__attribute__((constructor)) static void start(void) {
    struct sigaction action = {.sa_sigaction = answer_cpuid, .sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK};
    real_sigaction(SIGSEGV, &action, NULL);
    if (let_cpuid_run(0)) {
        fputs("older_cpu: this kernel or processor cannot make CPUID fault\n", stderr);
        _exit(3);
    }
}
