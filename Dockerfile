# Needs a builder that knows mounts: Docker with BuildKit, Podman or Buildah.
ARG BUILD_IMAGE=maven:3-eclipse-temurin-25
ARG RUN_IMAGE=gcr.io/distroless/cc-debian12:nonroot

FROM ${BUILD_IMAGE} AS build
WORKDIR /build
COPY pom.xml ./
COPY src ./src
RUN --mount=type=cache,target=/root/.m2,sharing=locked \
    mvn -B -ntp -q package dependency:copy-dependencies -DskipTests \
      -DincludeScope=test -DoutputDirectory=target/test-lib
ARG SOURCE_DATE_EPOCH=315532800
RUN src/image/assemble /app

FROM ${RUN_IMAGE}
COPY --from=build /app /app
# The AOT cache holds for exactly these files, times included: it is made where they stay.
USER 0
RUN --mount=type=bind,from=build,target=/tmp/build \
    ["/tmp/build/opt/java/openjdk/bin/java", "-XX:-UsePerfData", \
     "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED", \
     "-cp", "/tmp/build/build/target/test-classes:/tmp/build/build/target/classes:/tmp/build/build/target/test-lib/*", \
     "io.github.prefectgcm.image.Training", "/app"]
USER 65532:65532

ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="prefect-gcm" \
      org.opencontainers.image.description="Brings Prefect's flow-run history into Google Cloud Monitoring" \
      org.opencontainers.image.source="https://github.com/prefect-gcm/prefect-gcm" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
ENTRYPOINT ["/app/jre/bin/java", "-XX:AOTCache=/app/prefect-gcm.aot", "@/app/arguments"]
