# One image for web, worker and beat; compose.yaml says which is which.
FROM python:3.11-slim

RUN useradd --system --uid 10001 homegroup && install -d -o homegroup /data
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir --disable-pip-version-check -r requirements.txt
COPY . .

ENV PRODUCTION=1 DATA_DIR=/data HOST=0.0.0.0 PORT=8000 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER homegroup
VOLUME /data
EXPOSE 8000

# Alone, the image is a whole small site: SQLite and a broker inside, everything kept in /data.
CMD ["python", "-m", "config.supervisor"]
HEALTHCHECK --start-period=180s --interval=30s CMD \
    python -c "from config.supervisor import healthy; raise SystemExit(not healthy('http://127.0.0.1:8000/'))"
