"""Registers the Newsroom: its pages, its place in Airflow's navigation, and the tab on every run."""

from __future__ import annotations

from airflow.plugins_manager import AirflowPlugin

from dateline.airflow_edge.newsroom import EXTERNAL_VIEWS, FASTAPI_APPS


class NewsroomPlugin(AirflowPlugin):
    """The Newsroom, in Airflow's web server."""

    name = "dateline_newsroom"
    fastapi_apps = FASTAPI_APPS
    external_views = EXTERNAL_VIEWS
