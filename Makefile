# `make demo` and `make test` are the two commands; `make help` lists the others.
.DEFAULT_GOAL := help
.PHONY: help tools dist demo test real test-real seed faults bench bench-targets jmh fuzz image test-image test-reproducible release clean

ENDPOINT ?=
IMAGE ?=
VERSION ?=
BUILD_IMAGE ?=
COMMIT ?=

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

tools:
	@sh scripts/tools.sh

build:
	@mkdir -p build

dist: tools | build ## dist/plugins: the library, the jars and a Java runtime
	@sh scripts/dist.sh

demo: dist ## sample container logs through the plugin; ENDPOINT=host:port sends them there
	@ENDPOINT='$(ENDPOINT)' bash scripts/demo.sh

test: dist ## all tests: C, and Java on each JDK that is there
	@sh scripts/test.sh

real: ## installs the programs of test-real that PATH has not, outside of the tree
	@bash scripts/real.sh

test-real: dist ## tests against a real API server, collectors and VictoriaLogs; TESTS=A,B runs these alone
	@bash scripts/test-real.sh

seed: dist ## a seed in a box: pods of shoots write, the verdict says what arrived; see scripts/seed.sh
	@bash scripts/seed.sh

bench: dist ## the plugin end to end beside Fluent Bit's own outputs
	@bash scripts/bench.sh

bench-targets: dist ## what 1, 100 and 500 shoots' targets cost
	@bash scripts/bench-targets.sh

jmh: dist ## microbenchmarks of the converter and the queue
	@sh scripts/jmh.sh

fuzz: dist ## a million mutated chunks
	@JAVA_HOME=$$(scripts/find-jdk.sh 17) ./mvnw -q -B -ntp -pl plugin-core test -Dtest='*Fuzz*' -Dfuzz.iterations=1000000

faults: dist ## the long form of the fault suite: 200 kills, 100 reloads, 200 000 records a fault, 10 000 targets
	@sh scripts/faults.sh

image: dist ## a container image from dist/, with buildah or docker; IMAGE=name:tag
	@IMAGE='$(IMAGE)' sh scripts/image.sh

test-image: image ## what an init container does with that image
	@IMAGE='$(IMAGE)' sh scripts/test-image.sh

test-reproducible: tools ## builds the image's files twice and compares them
	@sh scripts/test-reproducible.sh

release: ## VERSION=1.2.3: shows a release's changes; with COMMIT=yes commits and tags them, and pushes nothing
	@COMMIT='$(COMMIT)' BUILD_IMAGE='$(BUILD_IMAGE)' bash scripts/release.sh '$(VERSION)'

clean: ## removes everything that was built
	rm -rf build dist plugin-core/target plugin-jni/target target
