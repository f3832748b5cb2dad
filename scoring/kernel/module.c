/* The module `scoring._kernel`: the inner loops of scoring, for where a C compiler was at hand when becalm was installed. */

#include "kernel.h"

int
table_fill(Table *table, PyObject *words, uint32_t base)
{
    Py_ssize_t total = 0, count = PyList_GET_SIZE(words);
    for (Py_ssize_t n = 0; n < count; n++) {
        if (!PyUnicode_Check(PyList_GET_ITEM(words, n))) {
            PyErr_SetString(PyExc_TypeError, "words are strings");
            return -1;
        }
        total += PyUnicode_GET_LENGTH(PyList_GET_ITEM(words, n));
    }
    uint32_t slots = 8;
    while (slots < 3 * (uint32_t)count) {
        slots *= 2;
    }
    table->base = base;
    table->mask = slots - 1;
    table->slots = PyMem_Malloc(slots * sizeof *table->slots);
    table->starts = PyMem_Malloc((count + 1) * sizeof *table->starts);
    table->signs = PyMem_Malloc((total + 1) * sizeof *table->signs);
    if (!table->slots || !table->starts || !table->signs) {
        PyErr_NoMemory();
        return -1;
    }
    memset(table->slots, 0xff, slots * sizeof *table->slots);
    uint32_t start = 0;
    for (uint32_t index = 0; index < (uint32_t)count; index++) {
        PyObject *word = PyList_GET_ITEM(words, index);
        uint32_t size = (uint32_t)PyUnicode_GET_LENGTH(word);
        Py_UCS4 *signs = table->signs + start;
        if (size && !PyUnicode_AsUCS4(word, signs, size, 0)) {
            return -1;
        }
        table->starts[index] = start;
        uint32_t hash = hash_word(signs, size), slot = hash ^ hash >> 15;
        while (table->slots[slot & table->mask].word != NOWHERE) {
            slot++;
        }
        table->slots[slot & table->mask] = (Slot){hash, index};
        start += size;
        table->longest = size > table->longest ? size : table->longest;
    }
    table->starts[count] = start;
    return 0;
}

void
table_clear(Table *table)
{
    PyMem_Free(table->slots);
    PyMem_Free(table->starts);
    PyMem_Free(table->signs);
    memset(table, 0, sizeof *table);
}

static PyMethodDef functions[] = {
    {"cut", cut, METH_O, "Cut a folded text into words and sentence ends, between two sentence ends that are not in it."},
    {"signs", signs, METH_O, "Return whether three capitals stand side by side in a text, and whether a digit does."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "scoring._kernel",
    .m_doc = "The inner loops of scoring, compiled.",
    .m_size = -1,
    .m_methods = functions,
};

PyMODINIT_FUNC
PyInit__kernel(void)
{
    PyObject *made = PyModule_Create(&module);
    if (made && (PyModule_AddType(made, &WeigherType) < 0 || PyModule_AddType(made, &ReaderType) < 0)) {
        Py_CLEAR(made);
    }
    return made;
}
