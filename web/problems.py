"""What is wrong with a decision, in Russian. Pure."""

from __future__ import annotations

from pipeline.problems import ProblemError

TEMPLATES = {  # of ProblemError -> the same in Russian
    "not to be edited: {fields}; only {others} are": "эти поля не правят: {fields}",
    "these are one initiative already": "это уже одна инициатива",
    "not events of this initiative: {events}": "эти события относятся к другой инициативе: {events}",
    "some of the events are to leave and some to stay": "отметьте часть событий: какие-то уходят, какие-то остаются",
    "no decision {decision} that holds": "решения {decision} нет, или его уже отменили",
    "no initiative {initiative}": "инициативы {initiative} нет",
    "more than one initiative {initiative}": "номер {initiative} подходит нескольким инициативам, напишите его целиком",
    "no event {event}": "факта {event} нет",
    "a decision needs a reason and a name": "напишите, почему вы так решили",
    "{field}: {complaint}": "поле {field} заполнено не так, как описано в руководстве по разметке",
    "quotation is not at {start}:{stop}: {quote!r}": "слов «{quote}» на этом месте текста нет",
    "no such region: {regions}": "такого региона нет: {regions}; пишите код, например RU-OMS",
    "an enterprise_count without a count": "у события «число предприятий» должно быть число",
    "not a number of anything: {value}": "число {value} не может быть количеством",
    "not a currency: {currency!r}": "«{currency}» — не валюта; пишите три буквы, например RUB",
    "not a confidence: {confidence}": "уверенность {confidence} не лежит между 0 и 1",
    "a mention outside the text: {start}:{stop}": "место {start}:{stop} лежит вне текста",
    "a NUL character": "в поле есть знак, который нельзя сохранить",
    "a lone surrogate, which is no character": "в поле есть знак, который нельзя сохранить",
    "not a date: {day!r}": "«{day}» — не дата; пишите 2024-07-22, 2024-07 или 2024",
}


def in_russian(problem: ProblemError) -> str:
    return TEMPLATES[problem.template].format_map(problem.values)
