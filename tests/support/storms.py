"""Storms in a few lines: a protest that goes round in edited copies, with a threat and a question among them."""

import json
from datetime import datetime, timedelta

from builders import NOON, comment

from connectors._model import Batch, Comment, Post
from connectors._text import sanitise

PROTEST = (
    "Nous demandons au musée de retirer cette vidéo honteuse de la salle basse, "
    "et de publier enfin la liste de ceux qui ont payé cette insulte faite aux familles du quartier."
)
OPENINGS = ("", "Je partage. ", "À faire tourner : ", "Copiez, collez. ", "Reçu ce matin : ")
CLOSINGS = ("", " Merci de relayer.", " #retrait", " On ne lâchera rien !", " Boycott.")
QUESTION = f"{PROTEST} Au fait, à quelle heure fermez-vous le dimanche ?"
THREAT = f"{PROTEST} Je sais où habite votre directrice, je vais lui casser la gueule ce soir."
POST = Post(
    native_id="film",
    title=sanitise("La Maison qui brûle deux fois"),
    text=sanitise("Notre nouvelle installation ouvre mardi."),
    exhibition=sanitise("La Maison qui brûle deux fois"),
)


def copy(number: int) -> str:
    """Return one of the edited copies, the first one plain."""
    return OPENINGS[number % 5] + PROTEST + CLOSINGS[number // 5 % 5]


def flood(copies: int, start: datetime, *, post: str = "film", every: float = 10.0, first: int = 0) -> list[Comment]:
    """Return that many copies by as many people, `every` seconds apart, a threat and a question in their midst."""
    texts = [copy(number) for number in range(copies)]
    if copies > 4:
        texts[copies // 2] = QUESTION
        texts[copies // 2 + 1] = THREAT
    return [
        comment(
            text,
            id=f"{post}-{number}",
            author=f"visitor{number}",
            post=post,
            at=start + timedelta(seconds=every * (number - first)),
            network="facebook",
        )
        for number, text in enumerate(texts, first)
    ]


def page(*comments: Comment, posts: tuple[Post, ...] = (POST,)) -> Batch:
    """Return a page of news."""
    return Batch(comments=comments, cursor="", posts=posts)


def script(copies: int, *, every: float = 9.0, begins: float | None = None) -> str:
    """Write the same flood as a scenario of the rehearsal: all of it there already, or from `begins` seconds on."""
    lines: list[dict[str, str]] = [
        {"house": "Musée des Lisières", "handle": "museedeslisieres"},
        {
            "post": POST.native_id,
            "network": "facebook",
            "at": "-26:00:00",
            "title": POST.title,
            "exhibition": POST.exhibition,
            "text": POST.text,
        },
    ]
    for number, said in enumerate(flood(copies, NOON)):
        at = number * every - copies * every if begins is None else begins + number * every
        name, id_ = said.author.name, said.native_id
        lines.append({"at": f"{at:.2f}", "on": "film", "by": name, "id": id_, "lang": "fr", "text": said.text})
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
