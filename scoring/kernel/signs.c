/* The signs of a text: the twin of the patterns of `scoring.signals._words` and `scoring.words`. */

#include "kernel.h"

static inline bool
is_plain(Py_UCS4 sign)
{
    return (sign >= 'a' && sign <= 'z') || (sign >= '0' && sign <= '9');
}

static inline bool
is_mask(Py_UCS4 sign)
{
    return sign == '*' || sign == '@' || sign == '$';
}

static inline bool
is_stop(Py_UCS4 sign)
{
    return sign == '.' || sign == '!' || sign == '?' || sign == '\n';
}

/* The place after the word or the stops that begin at `start`; `start` itself when neither does. */
static Py_ssize_t
end_of(int kind, const void *data, Py_ssize_t start, Py_ssize_t size)
{
    Py_ssize_t end = start;
    while (end < size && is_plain(PyUnicode_READ(kind, data, end))) {
        end++;
    }
    if (end > start && end + 1 < size && is_mask(PyUnicode_READ(kind, data, end))) { /* sh*t, but not a star behind it */
        Py_ssize_t masked = end + 1;
        while (masked < size && (is_plain(PyUnicode_READ(kind, data, masked)) || is_mask(PyUnicode_READ(kind, data, masked)))) {
            masked++;
        }
        return masked > end + 1 ? masked : end;
    }
    while (end < size && (end == start || is_stop(PyUnicode_READ(kind, data, start))) &&
           is_stop(PyUnicode_READ(kind, data, end))) {
        end++;
    }
    return end;
}

static int
append(PyObject *list, int kind, const void *data, Py_ssize_t start, Py_ssize_t end)
{
    PyObject *token = PyUnicode_New(end - start, 127);
    if (!token) {
        return -1;
    }
    Py_UCS1 *signs = PyUnicode_1BYTE_DATA(token);
    for (Py_ssize_t i = start; i < end; i++) {
        Py_UCS4 sign = PyUnicode_READ(kind, data, i);
        signs[i - start] = sign == '\n' ? '.' : (Py_UCS1)sign;
    }
    int failed = PyList_Append(list, token);
    Py_DECREF(token);
    return failed;
}

PyObject *
cut(PyObject *module, PyObject *folded)
{
    (void)module;
    if (!PyUnicode_Check(folded)) {
        PyErr_SetString(PyExc_TypeError, "a text is a string");
        return NULL;
    }
    int kind = (int)PyUnicode_KIND(folded);
    const void *data = PyUnicode_DATA(folded);
    Py_ssize_t size = PyUnicode_GET_LENGTH(folded);
    PyObject *list = PyList_New(0);
    int failed = !list || append(list, PyUnicode_1BYTE_KIND, ".", 0, 1) < 0;
    for (Py_ssize_t i = 0; i < size && !failed;) {
        Py_ssize_t end = end_of(kind, data, i, size);
        failed = end > i && append(list, kind, data, i, end) < 0;
        i = end > i ? end : i + 1;
    }
    if (failed || append(list, PyUnicode_1BYTE_KIND, ".", 0, 1) < 0) {
        Py_CLEAR(list);
    }
    return list;
}

static inline bool
is_capital(Py_UCS4 sign)
{
    return (sign >= 'A' && sign <= 'Z') || (sign >= 0xc0 && sign <= 0xde && sign != 0xd7);
}

static inline bool
is_capital_or_joint(Py_UCS4 sign)
{
    return is_capital(sign) || sign == '\'' || sign == '-' || sign == 0x2019;
}

PyObject *
signs(PyObject *module, PyObject *text)
{
    (void)module;
    if (!PyUnicode_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "a text is a string");
        return NULL;
    }
    int kind = (int)PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    Py_ssize_t size = PyUnicode_GET_LENGTH(text);
    bool capitals = false, digit = false;
    for (Py_ssize_t i = 0; i < size; i++) {
        Py_UCS4 sign = PyUnicode_READ(kind, data, i);
        digit = digit || (sign < 128 ? sign >= '0' && sign <= '9' : Py_UNICODE_ISDECIMAL(sign));
        capitals = capitals || (is_capital(sign) && i + 2 < size && is_capital_or_joint(PyUnicode_READ(kind, data, i + 1)) &&
                                is_capital_or_joint(PyUnicode_READ(kind, data, i + 2)));
    }
    return Py_BuildValue("OO", capitals ? Py_True : Py_False, digit ? Py_True : Py_False);
}
