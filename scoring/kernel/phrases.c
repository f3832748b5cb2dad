/* Phrases matched on the words of a text: the twin of `scoring.signals._rule.Phrase`. */

#include "reader.h"

static inline bool
is_end(const Token *token)
{
    return token->signs[0] == '.' || token->signs[0] == '!' || token->signs[0] == '?';
}

static bool
is_follower(const Token *token, const Follower *follower)
{
    uint32_t size = (uint32_t)PyUnicode_GET_LENGTH(follower->word);
    if (follower->stem ? token->size < size : token->size != size) {
        return false;
    }
    for (uint32_t i = 0; i < size; i++) {
        if (PyUnicode_READ_CHAR(follower->word, i) != token->signs[i]) {
            return false;
        }
    }
    return true;
}

/* The place after an alternative that begins at `place` when its other words follow, else 0. */
static uint32_t
after(const Page *page, uint32_t place, Range rest)
{
    for (uint32_t n = rest.start; n < rest.end; n++) {
        place++;
        if (place == page->count || !is_follower(page->tokens + place, page->self->followers + n)) {
            return 0;
        }
    }
    return place + 1;
}

static uint32_t match(const Page *page, const Phrase *phrase, uint32_t number, uint32_t place);

/* The end of a match in which `element` stands at `here` and the steps from `number` on follow; 0 when there is none. */
static uint32_t
begin(const Page *page, const Phrase *phrase, uint32_t element, uint32_t number, uint32_t here)
{
    const Token *token = page->tokens + here;
    if (!(token->elements >> element % 64 & 1)) {
        return 0;
    }
    for (uint32_t s = token->sources[0]; s < token->sources[1]; s++) {
        Range senses = page->self->entries[page->sources[s]].senses;
        const Sense *all = page->self->senses;
        uint32_t low = senses.start, high = senses.end;
        while (low < high) {
            uint32_t middle = (low + high) / 2;
            if (all[middle].element < element) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == senses.end || all[low].element != element) {
            continue;
        }
        for (uint32_t r = all[low].rests.start; r < all[low].rests.end; r++) {
            uint32_t end = after(page, here, page->self->rests[r]);
            if (end) {
                end = match(page, phrase, number, end);
                if (end) {
                    return end;
                }
            }
        }
    }
    return 0;
}

/* The end of the match of the steps from `number` on at `place`; 0 when there is none. */
static uint32_t
match(const Page *page, const Phrase *phrase, uint32_t number, uint32_t place)
{
    if (number == phrase->steps.end) {
        return place;
    }
    const Step *step = page->self->steps + number;
    uint32_t last = place + step->gap + 1 < page->count ? place + step->gap + 1 : page->count;
    for (uint32_t here = place; here < last; here++) {
        uint32_t end = begin(page, phrase, step->element, number + 1, here);
        if (end) {
            return end;
        }
        if (is_end(page->tokens + here)) {
            break;
        }
    }
    return step->optional ? match(page, phrase, number + 1, place) : 0;
}

bool
phrase_search(const Page *page, uint32_t number, Range *found)
{
    const Phrase *phrase = page->self->phrases + number;
    uint32_t first = phrase->steps.start;
    for (uint32_t start = 0; start < page->count; start++) {
        uint32_t end = begin(page, phrase, page->self->steps[first].element, first + 1, start);
        if (end) {
            *found = (Range){start, end};
            return true;
        }
    }
    return false;
}
