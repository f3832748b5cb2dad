/* A reader filled from what Python read of the rules and lists. */

#include "reader.h"

static void *
array_for(Py_ssize_t count, size_t each)
{
    void *array = PyMem_Calloc((size_t)count + 1, each);
    return array ? array : PyErr_NoMemory();
}

/* The entry of a word, or of a beginning of words when it ends in a star; NOWHERE with an exception when there is none. */
static uint32_t
entry_of(const Reader *self, PyObject *word)
{
    Py_UCS4 signs[LONGEST + 2];
    Py_ssize_t size = PyUnicode_Check(word) ? PyUnicode_GET_LENGTH(word) : 0;
    uint32_t found = NOWHERE;
    if (size && size <= LONGEST && PyUnicode_AsUCS4(word, signs, LONGEST + 2, 0)) {
        bool stem = signs[size - 1] == '*';
        uint32_t length = (uint32_t)size - stem;
        found = table_find(stem ? &self->stems : &self->words, hash_word(signs, length), signs, length);
    }
    if (found == NOWHERE && !PyErr_Occurred()) {
        PyErr_Format(PyExc_ValueError, "no entry for %R", word);
    }
    return found;
}

/* --- what a word is in itself ----------------------------------------------------------------------- */

static int
fill_counted(Reader *self, PyObject *counted, PyObject *asks, PyObject *weights, PyObject *classes)
{
    PyObject *word, *value;
    for (Py_ssize_t place = 0; PyDict_Next(counted, &place, &word, &value);) {
        uint32_t entry = entry_of(self, word);
        if (entry == NOWHERE) {
            return -1;
        }
        self->entries[entry].counted |= PyLong_AsUnsignedLongLong(value);
    }
    for (Py_ssize_t place = 0; PyDict_Next(asks, &place, &word, &value);) {
        uint32_t entry = entry_of(self, word);
        if (entry == NOWHERE) {
            return -1;
        }
        self->entries[entry].asks = (uint32_t)PyLong_AsUnsignedLong(value);
    }
    for (Py_ssize_t place = 0; PyDict_Next(classes, &place, &word, &value);) {
        uint32_t entry = entry_of(self, word);
        if (entry == NOWHERE) {
            return -1;
        }
        self->entries[entry].classes = PyLong_AsUnsignedLongLong(value);
    }
    for (Py_ssize_t place = 0; PyDict_Next(weights, &place, &word, &value);) {
        uint32_t entry = entry_of(self, word);
        if (entry == NOWHERE) {
            return -1;
        }
        self->entries[entry].weight = (Weight){PyComplex_RealAsDouble(value), PyComplex_ImagAsDouble(value)};
    }
    return PyErr_Occurred() ? -1 : 0;
}

static int
fill_heads(Reader *self, PyObject *heads)
{
    PyObject *words = PyDict_Keys(heads), *word, *value;
    self->weights = array_for(PyDict_Size(heads), sizeof *self->weights);
    int failed = !words || !self->weights || table_fill(&self->heads, words, 0) < 0;
    Py_XDECREF(words);
    Weight *weight = self->weights;
    for (Py_ssize_t place = 0; !failed && PyDict_Next(heads, &place, &word, &value);) {
        *weight++ = (Weight){PyComplex_RealAsDouble(value), PyComplex_ImagAsDouble(value)};
    }
    if (failed || PyErr_Occurred()) {
        return -1;
    }
    static const Py_UCS4 marks[] = {'#', '#', '#'}, stop[] = {'.'};
    for (uint32_t n = 0; n < 3; n++) { /* numbers are alike by their length, sentence ends are one */
        self->numbers[n] = table_find(&self->heads, hash_word(marks, n + 1), marks, n + 1);
    }
    self->stop = table_find(&self->heads, hash_word(stop, 1), stop, 1);
    return 0;
}

/* What words say towards danger by standing together. */
static int
fill_together(Reader *self, PyObject *pairs, PyObject *frames)
{
    PyObject *words = PyDict_Keys(pairs), *word, *value;
    self->pair_weights = array_for(PyDict_Size(pairs), sizeof *self->pair_weights);
    self->pair_count = (size_t)PyDict_Size(pairs);
    self->said = array_for(PyDict_Size(pairs) / 64 + 1, sizeof *self->said);
    self->frames = array_for(64, sizeof *self->frames);
    int failed = !words || !self->pair_weights || !self->said || !self->frames || table_fill(&self->pairs, words, 0) < 0;
    Py_XDECREF(words);
    double *weight = self->pair_weights;
    for (Py_ssize_t place = 0; !failed && PyDict_Next(pairs, &place, &word, &value);) {
        *weight++ = PyFloat_AsDouble(value);
    }
    for (Py_ssize_t n = 0; !failed && n < PyList_GET_SIZE(frames); n++) {
        unsigned int one, two;
        double said;
        if (!PyArg_ParseTuple(PyList_GET_ITEM(frames, n), "IId", &one, &two, &said)) {
            return -1;
        }
        self->frames[one % 64][two % 64] = said;
    }
    return failed || PyErr_Occurred() ? -1 : 0;
}

/* --- phrases ---------------------------------------------------------------------------------------- */

/* Count the cues of a phrase at their entries, or write them there: the first time round and the second. */
static int
add_cues(Reader *self, uint32_t phrase, PyObject *cues, bool write)
{
    for (Py_ssize_t n = 0; n < PyTuple_GET_SIZE(cues) && n < CUES; n++) {
        PyObject *words = PyObject_GetIter(PyTuple_GET_ITEM(cues, n)), *word;
        if (!words) {
            return -1;
        }
        while ((word = PyIter_Next(words))) {
            uint32_t entry = entry_of(self, word);
            Py_DECREF(word);
            if (entry == NOWHERE) {
                break;
            }
            Range *range = &self->entries[entry].cues;
            if (write) {
                self->cues[range->end] = phrase * CUES + (uint32_t)n;
            }
            range->end++;
        }
        Py_DECREF(words);
        if (PyErr_Occurred()) {
            return -1;
        }
    }
    return 0;
}

static int
fill_cues(Reader *self, PyObject *phrases)
{
    for (int turn = 0; turn < 2; turn++) {
        for (Py_ssize_t n = 0; n < self->phrase_count; n++) {
            PyObject *cues = PyTuple_GET_ITEM(PyList_GET_ITEM(phrases, n), 0);
            if (add_cues(self, (uint32_t)n, cues, turn) < 0) {
                return -1;
            }
        }
        if (turn) {
            break;
        }
        uint32_t total = 0;
        for (Py_ssize_t n = 0; n < self->entry_count; n++) {
            Range *range = &self->entries[n].cues;
            uint32_t count = range->end;
            range->start = range->end = total;
            total += count;
        }
        self->cues = array_for(total, sizeof *self->cues);
        if (!self->cues) {
            return -1;
        }
    }
    return 0;
}

static int
fill_steps(Reader *self, PyObject *phrases)
{
    Py_ssize_t total = 0, steps = 0;
    for (Py_ssize_t n = 0; n < PyList_GET_SIZE(phrases); n++) {
        PyObject *cues, *sources;
        unsigned int rule;
        int group, silences;
        if (!PyArg_ParseTuple(PyList_GET_ITEM(phrases, n), "O!IpiO!", &PyTuple_Type, &cues, &rule, &silences, &group,
                              &PyList_Type, &sources)) {
            return -1;
        }
        if (group > 63 || rule >= (unsigned int)self->rule_count || !PyList_GET_SIZE(sources)) {
            PyErr_SetString(PyExc_ValueError, "a phrase has a step, is of a rule, and of one of 64 groups");
            return -1;
        }
        Phrase *phrase = self->phrases + self->phrase_count++;
        phrase->rule = rule;
        phrase->silences = silences;
        phrase->group = group;
        total += PyList_GET_SIZE(sources);
    }
    self->steps = array_for(total, sizeof *self->steps);
    for (Py_ssize_t n = 0; self->steps && n < self->phrase_count; n++) {
        PyObject *sources = PyTuple_GET_ITEM(PyList_GET_ITEM(phrases, n), 4);
        self->phrases[n].steps.start = (uint32_t)steps;
        for (Py_ssize_t k = 0; k < PyList_GET_SIZE(sources); k++) {
            unsigned int element, gap;
            int optional;
            if (!PyArg_ParseTuple(PyList_GET_ITEM(sources, k), "IIp", &element, &gap, &optional)) {
                return -1;
            }
            self->steps[steps++] = (Step){element, gap, optional};
        }
        self->phrases[n].steps.end = (uint32_t)steps;
    }
    return self->steps ? 0 : -1;
}

/* Write the cues of words that have many as bits. */
static int
fill_dense(Reader *self)
{
    uint32_t count = 0, each = CUES * self->width;
    for (Py_ssize_t n = 0; n < self->entry_count; n++) {
        Entry *entry = self->entries + n;
        entry->dense = entry->cues.end - entry->cues.start < MANY ? NOWHERE : each * count++;
    }
    self->dense = array_for((Py_ssize_t)each * count, sizeof *self->dense);
    for (Py_ssize_t n = 0; self->dense && n < self->entry_count; n++) {
        const Entry *entry = self->entries + n;
        for (uint32_t k = entry->cues.start; entry->dense != NOWHERE && k < entry->cues.end; k++) {
            uint32_t phrase = self->cues[k] / CUES, cue = self->cues[k] % CUES;
            self->dense[entry->dense + cue * self->width + phrase / 64] |= 1ULL << phrase % 64;
        }
    }
    return self->dense ? 0 : -1;
}

static int
fill_phrases(Reader *self, PyObject *phrases)
{
    self->width = (uint32_t)(PyList_GET_SIZE(phrases) + 63) / 64;
    self->phrases = array_for(PyList_GET_SIZE(phrases), sizeof *self->phrases);
    self->lacking = array_for(CUES * self->width, sizeof *self->lacking);
    self->speaking = array_for(self->width, sizeof *self->speaking);
    if (!self->phrases || !self->lacking || !self->speaking ||
        fill_steps(self, phrases) < 0) {
        return -1;
    }
    for (Py_ssize_t n = 0; n < self->phrase_count; n++) {
        Py_ssize_t cue = PyTuple_GET_SIZE(PyTuple_GET_ITEM(PyList_GET_ITEM(phrases, n), 0));
        for (; cue < CUES; cue++) {
            self->lacking[cue * self->width + n / 64] |= 1ULL << n % 64;
        }
        self->speaking[n / 64] |= (uint64_t)!self->phrases[n].silences << n % 64;
    }
    return fill_cues(self, phrases) < 0 || fill_dense(self) < 0 ? -1 : 0;
}

/* --- elements --------------------------------------------------------------------------------------- */

/* An alternative of an element, at the entry of its first word. */
typedef struct {
    uint32_t entry, element, order;
    PyObject *rest;
} Alternative;

static int
compare(const void *one, const void *two)
{
    const Alternative *first = one, *second = two;
    if (first->entry != second->entry) {
        return first->entry < second->entry ? -1 : 1;
    }
    if (first->element != second->element) {
        return first->element < second->element ? -1 : 1;
    }
    return first->order < second->order ? -1 : 1;
}

static int
add_rest(Reader *self, Range *range, PyObject *rest)
{
    range->start = (uint32_t)self->follower_count;
    for (Py_ssize_t n = 0; n < PyTuple_GET_SIZE(rest); n++) {
        PyObject *word = PyTuple_GET_ITEM(rest, n);
        Py_ssize_t size = PyUnicode_GET_LENGTH(word);
        bool stem = PyUnicode_READ_CHAR(word, size - 1) == '*';
        PyObject *own = stem ? PyUnicode_Substring(word, 0, size - 1) : Py_NewRef(word);
        if (!own) {
            return -1;
        }
        self->followers[self->follower_count++] = (Follower){own, stem};
    }
    range->end = (uint32_t)self->follower_count;
    return 0;
}

static int
add_senses(Reader *self, const Alternative *alternatives, Py_ssize_t count)
{
    uint32_t senses = 0;
    for (Py_ssize_t n = 0; n < count; n++) {
        const Alternative *one = alternatives + n;
        Entry *entry = self->entries + one->entry;
        if (!n || one[-1].entry != one->entry) {
            entry->senses = (Range){senses, senses};
        }
        if (entry->senses.end == entry->senses.start || one[-1].element != one->element) {
            self->senses[senses++] = (Sense){one->element, {(uint32_t)n, (uint32_t)n}};
            entry->senses.end = senses;
            entry->elements |= 1ULL << one->element % 64;
        }
        if (add_rest(self, self->rests + n, one->rest) < 0) {
            return -1;
        }
        self->senses[senses - 1].rests.end++;
    }
    return 0;
}

/* Each element is a list of first words, or the numbers of entries that have no word, with what must follow them. */
static int
fill_elements(Reader *self, PyObject *elements)
{
    Py_ssize_t total = 0, followers = 0, count = 0;
    for (Py_ssize_t n = 0; n < PyList_GET_SIZE(elements); n++) {
        total += PyList_GET_SIZE(PyList_GET_ITEM(elements, n));
    }
    Alternative *alternatives = array_for(total, sizeof *alternatives);
    if (!alternatives) {
        return -1;
    }
    for (Py_ssize_t n = 0; n < PyList_GET_SIZE(elements) && !PyErr_Occurred(); n++) {
        PyObject *listed = PyList_GET_ITEM(elements, n);
        for (Py_ssize_t k = 0; k < PyList_GET_SIZE(listed); k++) {
            PyObject *first, *rest;
            if (!PyArg_ParseTuple(PyList_GET_ITEM(listed, k), "OO!", &first, &PyTuple_Type, &rest)) {
                break;
            }
            uint32_t entry = PyLong_Check(first) ? (uint32_t)PyLong_AsUnsignedLong(first) : entry_of(self, first);
            if (PyErr_Occurred()) {
                break;
            }
            followers += PyTuple_GET_SIZE(rest);
            alternatives[count] = (Alternative){entry, (uint32_t)n, (uint32_t)count, rest};
            count++;
        }
    }
    int failed = PyErr_Occurred() != NULL;
    if (!failed) {
        self->senses = array_for(count, sizeof *self->senses);
        self->rests = array_for(count, sizeof *self->rests);
        self->followers = array_for(followers, sizeof *self->followers);
        qsort(alternatives, (size_t)count, sizeof *alternatives, compare);
        failed = !self->senses || !self->rests || !self->followers || add_senses(self, alternatives, count) < 0;
    }
    PyMem_Free(alternatives);
    return failed ? -1 : 0;
}

/* --- the rest --------------------------------------------------------------------------------------- */

static int
fill_rules(Reader *self, PyObject *rules)
{
    self->rules = array_for(PyList_GET_SIZE(rules), sizeof *self->rules);
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
    self->dangers = array_for(PyList_GET_SIZE(dangers), sizeof *self->dangers);
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
fill_places(Reader *self, PyObject *places)
{
    self->places = array_for(PyList_GET_SIZE(places), sizeof *self->places);
    for (; self->places && self->place_count < PyList_GET_SIZE(places); self->place_count++) {
        unsigned long place = PyLong_AsUnsignedLong(PyList_GET_ITEM(places, self->place_count));
        if (self->place_count >= MOST_COUNTED || place > 8 * (COUNTED_BYTES - 8)) {
            PyErr_SetString(PyExc_ValueError, "too many families are counted");
            return -1;
        }
        self->places[self->place_count] = (uint32_t)place;
    }
    return self->places && !PyErr_Occurred() ? 0 : -1;
}

/* Words have the first numbers, beginnings of words the next, and then come the entries that have no word. */
static int
fill_entries(Reader *self, PyObject *words, PyObject *stems)
{
    uint32_t named = (uint32_t)(PyList_GET_SIZE(words) + PyList_GET_SIZE(stems));
    self->entry_count = named + 3;
    self->any = named;
    self->number = named + 1;
    self->end = named + 2;
    self->entries = array_for(self->entry_count, sizeof *self->entries);
    if (!self->entries || table_fill(&self->words, words, 0) < 0 ||
        table_fill(&self->stems, stems, (uint32_t)PyList_GET_SIZE(words)) < 0) {
        return -1;
    }
    if (self->words.longest > LONGEST || self->stems.longest > LONGEST) {
        PyErr_SetString(PyExc_ValueError, "a word of a list is too long");
        return -1;
    }
    static const Py_UCS4 mark[] = {'#'};
    self->digits = table_find(&self->words, hash_word(mark, 1), mark, 1);
    return 0;
}

int
reader_fill(Reader *self, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"words", "stems", "counted", "asks", "weights", "heads", "classes", "pairs", "frames", "phrases", "elements", "rules",
                            "dangers", "places", "families", "languages", NULL};
    PyObject *words, *stems, *counted, *asks, *weights, *heads, *classes, *pairs, *frames, *phrases, *elements, *rules, *dangers, *places;
    unsigned int families, languages;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "$O!O!O!O!O!O!O!O!O!O!O!O!O!O!II", names, &PyList_Type, &words, &PyList_Type,
                                     &stems, &PyDict_Type, &counted, &PyDict_Type, &asks, &PyDict_Type, &weights,
                                     &PyDict_Type, &heads, &PyDict_Type, &classes, &PyDict_Type, &pairs, &PyList_Type,
                                     &frames, &PyList_Type, &phrases, &PyList_Type, &elements,
                                     &PyList_Type, &rules, &PyList_Type, &dangers, &PyList_Type, &places, &families,
                                     &languages)) {
        return -1;
    }
    self->families = families;
    self->languages = languages;
    if (fill_entries(self, words, stems) < 0 || fill_counted(self, counted, asks, weights, classes) < 0 ||
        fill_heads(self, heads) < 0 || fill_rules(self, rules) < 0 || fill_phrases(self, phrases) < 0 ||
        fill_elements(self, elements) < 0 || fill_dangers(self, dangers) < 0 ||
        fill_together(self, pairs, frames) < 0) {
        return -1;
    }
    return fill_places(self, places);
}

void
reader_clear(Reader *self)
{
    table_clear(&self->words);
    table_clear(&self->stems);
    table_clear(&self->heads);
    table_clear(&self->pairs);
    for (Py_ssize_t n = 0; n < self->rule_count; n++) {
        Py_XDECREF(self->rules[n].rule);
    }
    for (Py_ssize_t n = 0; n < self->follower_count; n++) {
        Py_DECREF(self->followers[n].word);
    }
    void *arrays[] = {self->entries, self->cues, self->senses, self->rests, self->followers, self->phrases, self->steps,
                      self->rules, self->dangers, self->weights, self->places, self->pair_weights, self->said, self->frames, self->dense, self->lacking, self->speaking};
    for (size_t n = 0; n < sizeof arrays / sizeof *arrays; n++) {
        PyMem_Free(arrays[n]);
    }
}
