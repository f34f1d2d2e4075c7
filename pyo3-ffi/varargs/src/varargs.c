/* Variadic C functions, which stable Rust can call but not define.
 *
 * The variable arguments are pointers to destinations. Each function collects them into an array, which it passes to
 * Rust. Rust also counts the destinations in the format. The Rust functions are installed at run time instead of being
 * linked by name: they are in a crate that depends on this one, and linkers search for names only in later libraries. */

#include <stdarg.h>
#include <stddef.h>

#define MOST 64

typedef struct object object;

struct functions {
    ptrdiff_t (*count_destinations)(const char *format);
    int (*parse)(object *args, object *keywords, const char *format, const char *const *names, void **destinations);
    int (*unpack)(object *args, const char *name, ptrdiff_t least, ptrdiff_t most, object **destinations);
};

/* Set before any thread can have an object to call these functions with. */
static const struct functions *functions;

void pyo3_ffi_varargs_install(const struct functions *given) {
    functions = given;
}

static int parse(object *args, object *keywords, const char *format, const char *const *names, va_list list) {
    void *destinations[MOST] = {0};
    ptrdiff_t count = functions->count_destinations(format);
    for (ptrdiff_t i = 0; i < count && i < MOST; i++) {
        destinations[i] = va_arg(list, void *);
    }
    return functions->parse(args, keywords, count > MOST ? NULL : format, names, destinations);
}

int pyo3_ffi_PyArg_ParseTuple(object *args, const char *format, ...) {
    va_list list;
    va_start(list, format);
    int done = parse(args, NULL, format, NULL, list);
    va_end(list);
    return done;
}

int pyo3_ffi_PyArg_ParseTupleAndKeywords(object *args, object *keywords, const char *format, const char *const *names, ...) {
    va_list list;
    va_start(list, names);
    int done = parse(args, keywords, format, names, list);
    va_end(list);
    return done;
}

int pyo3_ffi_PyArg_UnpackTuple(object *args, const char *name, ptrdiff_t least, ptrdiff_t most, ...) {
    object **destinations[MOST] = {0};
    object *items[MOST] = {0};
    va_list list;
    va_start(list, most);
    for (ptrdiff_t i = 0; i < most && i < MOST; i++) {
        destinations[i] = va_arg(list, object **);
    }
    va_end(list);
    if (!functions->unpack(args, name, least, most > MOST ? -1 : most, items)) {
        return 0;
    }
    for (ptrdiff_t i = 0; i < most; i++) {
        if (items[i] != NULL) {
            *destinations[i] = items[i];
        }
    }
    return 1;
}
