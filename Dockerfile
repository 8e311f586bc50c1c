# The Huimai server for docker-compose.yml. Checked as a file, never built: no Docker engine was at hand.
FROM python:3.11-slim

WORKDIR /build
COPY pyproject.toml requirements.lock README.md CHANGELOG.md LICENSE ./
COPY ingestion ingestion
COPY retrieval retrieval
COPY agents agents
COPY server server
RUN pip install --no-cache-dir --constraint requirements.lock ".[qdrant]"

# named volumes take over the owner of the folders that they are mounted on
RUN useradd --create-home huimai && mkdir /data /models && chown huimai: /data /models
USER huimai
WORKDIR /data
ENV HUIMAI_HOME=/data HUIMAI_MODELS_DIR=/models
VOLUME ["/data", "/models"]
CMD ["huimai", "serve"]
