"""Drupal views: `views-row`, pager `?page=` counted from 0."""

from __future__ import annotations

import re

from spiders.platforms.selected import SelectedList


class Drupal(SelectedList):
    name = "drupal"
    items = (".view-content .views-row", ".views-row", ".node-teaser", "article.node")
    pager = re.compile(r"[?&]page=(?:\d+,)*(\d+)")
    first = 0
