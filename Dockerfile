# The gateway, alone in an image: Python, its locked packages, nothing that builds or installs.
#
#   docker build -t open-badges-gateway .
#   docker run -p 8000:8000 -v gateway-data:/data -e GATEWAY_PUBLIC_URL=https://badges.example.org open-badges-gateway
#
# The two environments have the same path, because the scripts in them name it; `python3 -m venv` serves any base with Python.

FROM python:3.11-slim-bookworm AS build
WORKDIR /source
RUN python3 -m venv /build && python3 -m venv --without-pip /venv
COPY locks/runtime.txt locks/build.txt locks/
# runtime.txt is whole, and leaves out what a package asks for and nothing of ours uses.
RUN /build/bin/pip install --no-cache-dir --require-hashes -r locks/build.txt \
 && /build/bin/pip --python /venv/bin/python install --no-cache-dir --no-deps --require-hashes -r locks/runtime.txt
COPY . .
RUN /build/bin/pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /wheel . \
 && /build/bin/pip --python /venv/bin/python install --no-cache-dir --no-deps /wheel/*.whl \
 && /venv/bin/python -m compileall -q /venv/lib

FROM python:3.11-slim-bookworm
COPY --from=build /venv /venv
RUN install -d -o 65534 -g 65534 -m 0700 /data
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    GATEWAY_DATA_DIR=/data
USER 65534:65534
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["badge-gateway", "serve", "--host", "0.0.0.0"]
