/* A reader filled from what Python read of the rules and lists. */

#include "reader.h"

/* Make room for one more in an array; its address comes untyped and is copied, as C asks for. */
#define GROW(array, count, room) ((count) < (room) || grow(&(array), &(room), sizeof *(array)))

static bool
grow(void *array, Py_ssize_t *room, size_t each)
{
    void *block;
    memcpy(&block, array, sizeof block);
    Py_ssize_t more = *room ? *room * 2 : 1024;
    block = PyMem_Realloc(block, (size_t)more * each);
    if (!block) {
        PyErr_NoMemory();
        return false;
    }
    memcpy(array, &block, sizeof block);
    *room = more;
    return true;
}

static void *
array_for(PyObject *list, size_t each)
{
    void *array = PyMem_Calloc((size_t)PyList_GET_SIZE(list) + 1, each);
    return array ? array : PyErr_NoMemory();
}

static uint32_t
number_of(PyObject *number)
{
    return (uint32_t)PyLong_AsUnsignedLong(number);
}

typedef struct {
    Py_ssize_t cues, cue_room, senses, sense_room, rests, rest_room, follower_room;
} Filled;

static int
add_rest(Reader *self, Filled *filled, PyObject *rest)
{
    if (!GROW(self->rests, filled->rests, filled->rest_room)) {
        return -1;
    }
    Range *range = self->rests + filled->rests++;
    range->start = (uint32_t)self->follower_count;
    for (Py_ssize_t n = 0; n < PyTuple_GET_SIZE(rest); n++) {
        PyObject *word = PyTuple_GET_ITEM(rest, n);
        Py_ssize_t size = PyUnicode_GET_LENGTH(word);
        bool stem = PyUnicode_READ_CHAR(word, size - 1) == '*';
        if (!GROW(self->followers, self->follower_count, filled->follower_room)) {
            return -1;
        }
        PyObject *own = PyUnicode_Substring(word, 0, size - stem);
        if (!own) {
            return -1;
        }
        self->followers[self->follower_count++] = (Follower){own, stem};
    }
    range->end = (uint32_t)self->follower_count;
    return 0;
}

static int
add_sense(Reader *self, Filled *filled, PyObject *source)
{
    PyObject *rests;
    unsigned int element;
    if (!PyArg_ParseTuple(source, "IO!", &element, &PyTuple_Type, &rests) ||
        !GROW(self->senses, filled->senses, filled->sense_room)) {
        return -1;
    }
    Sense *sense = self->senses + filled->senses++;
    sense->element = element;
    sense->rests.start = (uint32_t)filled->rests;
    for (Py_ssize_t n = 0; n < PyTuple_GET_SIZE(rests); n++) {
        if (add_rest(self, filled, PyTuple_GET_ITEM(rests, n)) < 0) {
            return -1;
        }
    }
    sense->rests.end = (uint32_t)filled->rests;
    return 0;
}

static int
add_entry(Reader *self, Filled *filled, PyObject *source)
{
    PyObject *cues, *senses;
    unsigned long long counted;
    unsigned int asks;
    Weight weight;
    if (!PyArg_ParseTuple(source, "KIddO!O!", &counted, &asks, &weight.danger, &weight.anger, &PyList_Type, &cues, &PyList_Type,
                          &senses)) {
        return -1;
    }
    Entry *entry = self->entries + self->entry_count++;
    entry->counted = counted;
    entry->asks = asks;
    entry->weight = weight;
    entry->cues.start = (uint32_t)filled->cues;
    for (Py_ssize_t n = 0; n < PyList_GET_SIZE(cues); n++) {
        if (!GROW(self->cues, filled->cues, filled->cue_room)) {
            return -1;
        }
        uint32_t cue = number_of(PyList_GET_ITEM(cues, n));
        if (cue / CUES >= (uint32_t)self->phrase_count) {
            PyErr_SetString(PyExc_ValueError, "a cue of no phrase");
            return -1;
        }
        self->cues[filled->cues++] = cue;
    }
    entry->cues.end = (uint32_t)filled->cues;
    entry->senses.start = (uint32_t)filled->senses;
    for (Py_ssize_t n = 0; n < PyList_GET_SIZE(senses); n++) {
        if (add_sense(self, filled, PyList_GET_ITEM(senses, n)) < 0) {
            return -1;
        }
    }
    entry->senses.end = (uint32_t)filled->senses;
    for (uint32_t n = entry->senses.start; n < entry->senses.end; n++) {
        entry->elements |= 1ULL << self->senses[n].element % 64;
    }
    return PyErr_Occurred() ? -1 : 0;
}

static int
fill_phrases(Reader *self, PyObject *phrases)
{
    Py_ssize_t steps = 0, room = 0;
    self->phrases = array_for(phrases, sizeof *self->phrases);
    self->heard = array_for(phrases, sizeof *self->heard);
    self->woken = array_for(phrases, sizeof *self->woken);
    if (!self->phrases || !self->heard || !self->woken) {
        return -1;
    }
    for (; self->phrase_count < PyList_GET_SIZE(phrases); self->phrase_count++) {
        Phrase *phrase = self->phrases + self->phrase_count;
        unsigned int rule, needs;
        int group, silences;
        PyObject *sources;
        if (!PyArg_ParseTuple(PyList_GET_ITEM(phrases, self->phrase_count), "IIpiO!", &rule, &needs, &silences, &group,
                              &PyList_Type, &sources)) {
            return -1;
        }
        if (group > 63 || rule >= (unsigned int)self->rule_count || !PyList_GET_SIZE(sources)) {
            PyErr_SetString(PyExc_ValueError, "a phrase has a step, is of a rule, and of one of 64 groups");
            return -1;
        }
        phrase->rule = rule;
        phrase->needs = (uint8_t)needs;
        phrase->silences = silences;
        phrase->group = group;
        phrase->steps.start = (uint32_t)steps;
        for (Py_ssize_t n = 0; n < PyList_GET_SIZE(sources); n++) {
            unsigned int element, gap;
            int optional;
            if (!PyArg_ParseTuple(PyList_GET_ITEM(sources, n), "IIp", &element, &gap, &optional) ||
                !GROW(self->steps, steps, room)) {
                return -1;
            }
            self->steps[steps++] = (Step){element, gap, optional};
        }
        phrase->steps.end = (uint32_t)steps;
    }
    return 0;
}

static int
fill_rules(Reader *self, PyObject *rules)
{
    self->rules = array_for(rules, sizeof *self->rules);
    for (; self->rules && self->rule_count < PyList_GET_SIZE(rules); self->rule_count++) {
        Rule *rule = self->rules + self->rule_count;
        unsigned int start, end;
        if (!PyArg_ParseTuple(PyList_GET_ITEM(rules, self->rule_count), "OII", &rule->rule, &start, &end)) {
            rule->rule = NULL;
            return -1;
        }
        Py_INCREF(rule->rule);
        rule->silencers = (Range){start, end};
    }
    return self->rules ? 0 : -1;
}

static int
fill_dangers(Reader *self, PyObject *dangers)
{
    self->dangers = array_for(dangers, sizeof *self->dangers);
    for (; self->dangers && self->danger_count < PyList_GET_SIZE(dangers); self->danger_count++) {
        unsigned long long needed, shown;
        if (!PyArg_ParseTuple(PyList_GET_ITEM(dangers, self->danger_count), "KK", &needed, &shown)) {
            return -1;
        }
        self->dangers[self->danger_count] = (Danger){needed, shown};
    }
    return self->dangers ? 0 : -1;
}

static int
fill_numbers(Reader *self, PyObject *weights, PyObject *places)
{
    self->weights = array_for(weights, sizeof *self->weights);
    self->places = array_for(places, sizeof *self->places);
    if (!self->weights || !self->places) {
        return -1;
    }
    for (Py_ssize_t n = 0; n < PyList_GET_SIZE(weights); n++) {
        if (!PyArg_ParseTuple(PyList_GET_ITEM(weights, n), "dd", &self->weights[n].danger, &self->weights[n].anger)) {
            return -1;
        }
    }
    for (; self->place_count < PyList_GET_SIZE(places); self->place_count++) {
        uint32_t place = self->places[self->place_count] = number_of(PyList_GET_ITEM(places, self->place_count));
        if (self->place_count >= MOST_COUNTED || place > 8 * (COUNTED_BYTES - 8)) {
            PyErr_SetString(PyExc_ValueError, "too many families are counted");
            return -1;
        }
    }
    return PyErr_Occurred() ? -1 : 0;
}

static int
fill_entries(Reader *self, PyObject *entries)
{
    Filled filled = {0};
    self->entries = array_for(entries, sizeof *self->entries);
    for (Py_ssize_t n = 0; self->entries && n < PyList_GET_SIZE(entries); n++) {
        if (add_entry(self, &filled, PyList_GET_ITEM(entries, n)) < 0) {
            return -1;
        }
    }
    return self->entries ? 0 : -1;
}

static int
fill_tables(Reader *self, PyObject *words, PyObject *stems, PyObject *heads)
{
    if (table_fill(&self->words, words) < 0 || table_fill(&self->stems, stems) < 0 ||
        table_fill(&self->heads, heads) < 0) {
        return -1;
    }
    if (self->words.longest > LONGEST || self->stems.longest > LONGEST || self->heads.longest > LONGEST) {
        PyErr_SetString(PyExc_ValueError, "a word of a list is too long");
        return -1;
    }
    return 0;
}

int
reader_fill(Reader *self, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"words", "stems", "heads", "weights", "entries", "phrases", "rules", "dangers",
                            "places", "any_word", "number", "end", "digits", "short", "middling", "long", "stop", "families", "languages", NULL};
    PyObject *words, *stems, *heads, *weights, *entries, *phrases, *rules, *dangers, *places;
    unsigned int any, number, end, digits, families, languages;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "$O!O!O!O!O!O!O!O!O!IIIIIIIIII", names, &PyDict_Type, &words,
                                     &PyDict_Type, &stems, &PyDict_Type, &heads, &PyList_Type,
                                     &weights, &PyList_Type, &entries, &PyList_Type, &phrases, &PyList_Type, &rules,
                                     &PyList_Type, &dangers, &PyList_Type, &places, &any, &number, &end, &digits, self->numbers, self->numbers + 1, self->numbers + 2, &self->stop,
                                     &families, &languages)) {
        return -1;
    }
    self->any = any;
    self->number = number;
    self->end = end;
    self->digits = digits;
    self->families = families;
    self->languages = languages;
    if (fill_tables(self, words, stems, heads) < 0 || fill_rules(self, rules) < 0 ||
        fill_phrases(self, phrases) < 0 || fill_dangers(self, dangers) < 0 || fill_numbers(self, weights, places) < 0) {
        return -1;
    }
    return fill_entries(self, entries);
}

void
reader_clear(Reader *self)
{
    table_clear(&self->words);
    table_clear(&self->stems);
    table_clear(&self->heads);
    for (Py_ssize_t n = 0; n < self->rule_count; n++) {
        Py_XDECREF(self->rules[n].rule);
    }
    for (Py_ssize_t n = 0; n < self->follower_count; n++) {
        Py_DECREF(self->followers[n].word);
    }
    void *arrays[] = {self->entries, self->cues, self->senses, self->rests, self->followers, self->phrases, self->steps,
                      self->rules, self->dangers, self->weights, self->places, self->heard, self->woken};
    for (size_t n = 0; n < sizeof arrays / sizeof *arrays; n++) {
        PyMem_Free(arrays[n]);
    }
}
