"""`make ui`: Airflow with its web pages, scheduler and database on this machine alone, started and stopped cleanly."""
