# The image of the init container: /source/plugins, and a cp that copies it to where Fluent Bit finds it.
# Nothing else is in it, and nothing else of it runs: the JVM starts inside Fluent Bit's container.
#
#   docker buildx build --platform linux/amd64,linux/arm64 -t registry/fluent-bit-output-plugin:tag .
#
# `make image` builds the last stage alone from a dist/ built on this machine, with the three arguments of its labels:
# add --build-arg VERSION=... REVISION=... CREATED=... to the command above.

# A Debian or Ubuntu with a JDK of 25 or newer. The library and the runtime need the libc of this image or a newer
# one: Fluent Bit's own images are Debian 13 (glibc 2.41). The tag names one release of the JDK. A release adds the
# digest, which scripts/release.sh requires: the same bytes each time.
ARG BUILD_IMAGE=eclipse-temurin:25.0.3_9-jdk-noble

FROM ${BUILD_IMAGE} AS build
RUN apt-get update && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY . .
RUN make dist && sh scripts/image-files.sh /image

FROM scratch
ARG SOURCE=https://github.com/gardener/logging
ARG VERSION=unknown
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
LABEL org.opencontainers.image.title="fluent-bit-output-plugin" \
    org.opencontainers.image.description="Gardener's output plugin for Fluent Bit, for an init container" \
    org.opencontainers.image.licenses="Apache-2.0" \
    org.opencontainers.image.source="$SOURCE" \
    org.opencontainers.image.version="$VERSION" \
    org.opencontainers.image.revision="$REVISION" \
    org.opencontainers.image.created="$CREATED"
COPY --from=build /image /
# The init container is started as `cp /source/plugins/. /plugins`, by name.
ENV PATH=/bin
USER 65532:65532
CMD ["cp", "/source/plugins/.", "/plugins"]
