# One image for web, worker, beat, sealer and migrate. Nothing in it is written to at run time, and nothing runs as root.

FROM node:24-slim AS assets
WORKDIR /assets
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
WORKDIR /app
COPY requirements.txt ./
RUN pip install --require-hashes -r requirements.txt
COPY . .
COPY --from=assets /assets/node_modules node_modules
# The keys are for this one command, which signs nothing; settings refuse to load without them.
RUN python -m config.embedded.assets \
    && DEBUG=0 STATIC_ROOT=/opt/static SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
       REFUSED_WORDS_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
       python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf node_modules \
    && python -m compileall -q /app

FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin totality
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings \
    STATIC_ROOT=/opt/static \
    HOME=/tmp
COPY --from=build /opt/venv /opt/venv
COPY --from=build /opt/static /opt/static
COPY --from=build /app /app
WORKDIR /app
RUN cd /var/lib && mkdir -p totality/attachments totality/checkpoints totality/exports && chown 10001 totality/*
USER 10001
EXPOSE 8000
CMD ["gunicorn", "--config=python:config.preflight", "config.wsgi:application", "--bind=0.0.0.0:8000", "--worker-class=gthread", "--workers=4", \
     "--threads=4", "--worker-tmp-dir=/dev/shm", "--no-control-socket"]
