"""When: the dates of a release, absolute and relative, resolved against the day it was published.

    «22 июля», «с 30 сентября по 2 октября», «в декабре прошлого года», «к концу 2024-го», «осенью 2026-го», «12.03.24»,
    «вчера», «в минувшую пятницу», «чуть более года назад», «II квартал 2025 года», «на ПМЭФ-2017», «2022–2024 годы»

A quarter, half-year or season is given as its year, a week or some days of one month as the month, as the annotation
guide wants. A year that cannot be known is not guessed: without `published` a yearless date takes its year from a
date written out in the text, or is left out.
"""

from nlp.dates.mention import DateKind, DateMention
from nlp.dates.reading import document_date, find_dates, url_date

__all__ = ["DateKind", "DateMention", "document_date", "find_dates", "url_date"]
