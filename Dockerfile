# The image of the init container: /source/plugins, and a cp that copies it to where Fluent Bit finds it.
# Nothing else is in it, and nothing else of it runs: the JVM starts inside Fluent Bit's container.
#
#   docker buildx build --platform linux/amd64,linux/arm64 -t registry/fluent-bit-output-plugin:tag .
#
# `make image` builds the last stage alone from a dist/ built on this machine.

# A Debian or Ubuntu with a JDK of 25 or newer. The library and the runtime need the libc of this image or a newer
# one: Fluent Bit's own images are Debian 13 (glibc 2.41).
ARG BUILD_IMAGE=eclipse-temurin:25-jdk

FROM ${BUILD_IMAGE} AS build
RUN apt-get update && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY . .
RUN make dist && sh scripts/image-files.sh /image

FROM scratch
COPY --from=build /image /
# The init container is started as `cp /source/plugins/. /plugins`, by name.
ENV PATH=/bin
USER 65532:65532
CMD ["cp", "/source/plugins/.", "/plugins"]
