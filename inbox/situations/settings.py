"""The few numbers that the situations rest on, each with its reason."""

from datetime import timedelta

from msgspec import Struct


class Settings(Struct, frozen=True, kw_only=True):
    """When a situation is called; the defaults hold for every page.

    Attributes:
        window: over which people are counted: a copied text goes round a page in minutes, a rhythm is known by the hour.
        copies: people with one text from which it is no coincidence: three is a family, four are a campaign's start.
        crowd: people against the house, each in their own words, from which they are a crowd: half as many again as with one
            text, since people who say different things did not agree beforehand.
        anger: the share of a crowd that must be heated, and of all who speak that the crowd must be: a crowd that stays civil
            is criticism, however sharp, and a few among many are no flood.
        surprise: how many standard deviations of the page's own rhythm a crowd must stand above it.
        exchanges: messages that two visitors must have sent each other, and answers to the first message there must be in
            all: a community manager counts three exchanges before calling two people a quarrel.
        camps: messages among several people from which they are camps though no two of them went on for long.
        middle: the share of messages from or to one person from which everything turns around that person.
        quarrel: heat points in mutual exchanges: one insult, or two jabs.
        volleys: mutual messages from which people quarrel though no word of it was recognised as hot (irony is invisible), when half
            of them say "you" and none is kind: twice the exchanges that an insult needs.
        barbs: points of one author (see `lone_troll`) from which the provoking is a pattern: never reached by one outburst.
        acts: comments that one person must have written: once is temper, twice may be chance.
        alone: how much of the heat under the post must be theirs: most, so that one wrong score elsewhere hides nobody.
        harping: comments of one person that are a pattern though none was recognised as hot, when they are `share` of
            what was said since the first, go to two visitors unasked, are hardly ever kind, and answer questions in less than half of the cases.
        share: see `harping`: among many voices, a quarter is nobody's by chance.
        grudge: how far back barbs under other posts of the page count: a month of an exhibition; each stands for one act here.
        rest: quiet after which a flood is over.
        long_rest: quiet after which a feud or a lone troll is over: people sleep and come back.
    """

    window: timedelta = timedelta(hours=1)
    copies: int = 4
    crowd: int = 6
    anger: float = 1 / 3
    surprise: float = 3.0
    exchanges: int = 3
    camps: int = 5
    middle: float = 0.75
    quarrel: int = 2
    volleys: int = 6
    barbs: float = 3.5
    acts: int = 3
    alone: float = 0.5
    harping: int = 5
    share: float = 0.25
    grudge: timedelta = timedelta(days=30)
    rest: timedelta = timedelta(hours=1)
    long_rest: timedelta = timedelta(hours=24)
