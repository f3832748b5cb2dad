/* What the parts of the kernel share: a table of words that never changes once it is made. */

#ifndef BECALM_KERNEL_H
#define BECALM_KERNEL_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdbool.h>
#include <stdint.h>

#define NOWHERE UINT32_MAX

typedef struct {
    uint32_t hash;
    uint32_t word; /* its place in `starts`, or NOWHERE */
} Slot;

/* Words (or beginnings of words) and the numbers they were given; hashed sign by sign, so that every beginning of a word
   is asked for in one pass over its signs. */
typedef struct {
    uint32_t base;    /* the number of the first word; the others follow */
    uint32_t mask;    /* number of slots less one */
    uint32_t longest; /* signs of the longest word */
    Slot *slots;
    uint32_t *starts; /* where each word begins in `signs`; one more tells where the last ends */
    Py_UCS4 *signs;
} Table;

#define HASH_SEED 2166136261u

static inline uint32_t
hash_sign(uint32_t hash, Py_UCS4 sign)
{
    return (hash ^ sign) * 16777619u;
}

static inline uint32_t
table_find(const Table *table, uint32_t hash, const Py_UCS4 *signs, uint32_t size)
{
    if (size > table->longest) {
        return NOWHERE;
    }
    for (uint32_t place = hash ^ hash >> 15;; place++) {
        Slot slot = table->slots[place & table->mask];
        if (slot.word == NOWHERE) {
            return NOWHERE;
        }
        if (slot.hash != hash) {
            continue;
        }
        uint32_t start = table->starts[slot.word];
        if (table->starts[slot.word + 1] - start == size && !memcmp(table->signs + start, signs, size * sizeof *signs)) {
            return table->base + slot.word;
        }
    }
}

static inline uint32_t
hash_word(const Py_UCS4 *signs, uint32_t size)
{
    uint32_t hash = HASH_SEED;
    for (uint32_t i = 0; i < size; i++) {
        hash = hash_sign(hash, signs[i]);
    }
    return hash;
}

/* Fill a table from a list of words, numbered from `base`; 0, or -1 with an exception. */
int table_fill(Table *table, PyObject *words, uint32_t base);
void table_clear(Table *table);

PyObject *cut(PyObject *module, PyObject *folded);
PyObject *signs(PyObject *module, PyObject *text);

extern PyTypeObject WeigherType, ReaderType;

#endif
