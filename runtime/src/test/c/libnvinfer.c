/*
 * Stands in for TensorRT, as far as the log and the deleting of objects go: the log is told an error and a warning, and an
 * object says so when it is deleted. Classes are laid out as the Itanium C++ ABI has it.
 */
#include <stdio.h>
#include <stdlib.h>

struct object {
    void **functions;
    void *implementation;
};

static void destroy(struct object *object) {
    (void)object;
}

static void destroy_and_free(struct object *object) {
    puts("deleted");
    fflush(stdout);
    free(object);
}

static void *functions[] = {(void *)destroy, (void *)destroy_and_free};

static void say(struct object *logger, int severity, const char *message) {
    ((void (*)(void *, int, const char *))logger->functions[0])(logger, severity, message);
}

void *createInferRuntime_INTERNAL(void *logger, int version) {
    (void)version;
    say(logger, 1, "an error");
    say(logger, 2, "a warning");
    say(logger, 3, "how it goes on");
    struct object *runtime = calloc(1, sizeof *runtime);
    runtime->functions = functions;
    return runtime;
}

int getInferLibVersion(void) {
    return 101501;
}
