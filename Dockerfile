# Dateline with Airflow, from the lock file: the same packages everywhere.
FROM python:3.11-slim-bookworm

# libgomp serves the numeric libraries; curl asks the health checks.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends curl libgomp1 \
 && rm -rf /var/lib/apt/lists/*

WORKDIR /opt/dateline
COPY requirements.txt ./
RUN pip install --no-cache-dir --no-deps --require-hashes -r requirements.txt

COPY pyproject.toml README.md LICENSE ./
COPY include ./include
RUN pip install --no-cache-dir --no-deps --no-build-isolation .
COPY dags ./dags
COPY plugins ./plugins

# The user that owns lake and raw outside; compose sets it to AIRFLOW_UID. The folder of logs has to be here:
# a volume that is mounted on a folder takes over its owner, one that is mounted on nothing belongs to root.
ARG AIRFLOW_UID=50000
RUN useradd --uid "${AIRFLOW_UID}" --gid 0 --create-home --home-dir /home/airflow airflow \
 && install -d -o airflow -g 0 -m 0775 /opt/airflow /opt/airflow/logs /srv/dateline
ENV AIRFLOW_HOME=/opt/airflow \
    AIRFLOW__CORE__DAGS_FOLDER=/opt/dateline/dags \
    AIRFLOW__CORE__PLUGINS_FOLDER=/opt/dateline/plugins \
    OMP_NUM_THREADS=1 \
    OPENBLAS_NUM_THREADS=1
USER airflow
ENTRYPOINT ["airflow"]
