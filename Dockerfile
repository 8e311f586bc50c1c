# The Huimai server for docker-compose.yml. Checked as a file, never built: no Docker engine was at hand.
FROM python:3.11-slim AS build

RUN apt-get update && apt-get install --yes --no-install-recommends make && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY Makefile pyproject.toml requirements.lock requirements-web.lock README.md CHANGELOG.md LICENSE ./
COPY ingestion ingestion
COPY retrieval retrieval
COPY agents agents
COPY server server
COPY web web
RUN make web && pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.11-slim

COPY --from=build /build/requirements.lock /wheels/ /wheels/
RUN pip install --no-cache-dir --constraint /wheels/requirements.lock "$(echo /wheels/huimai-*.whl)[qdrant]"

# named volumes take over the owner of the folders that they are mounted on
RUN useradd --create-home huimai && mkdir /data /models && chown huimai: /data /models
USER huimai
WORKDIR /data
ENV HUIMAI_HOME=/data HUIMAI_MODELS_DIR=/models
VOLUME ["/data", "/models"]
CMD ["huimai", "serve"]
