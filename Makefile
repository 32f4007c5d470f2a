# What a person runs: `make run`, `make test`. What CI runs is `make test` too.
#
# One target folder, one profile and one set of features for everything that a test run builds:
# a second one would build several hundred crates again.

CARGO_FLAGS := --workspace --features muster/custom-protocol
UI_FILES := $(shell find ui -name node_modules -prune -o -name dist -prune -o -type f -print)

# Where scripts/setup puts what the system has not.
export PATH := $(CURDIR)/.muster/tools/bin:$(HOME)/.cargo/bin:$(PATH)

.DEFAULT_GOAL := help
.PHONY: help run test nightly check fmt gen pictures soak storm defects bench dist icons setup ui

help:
	@echo 'make run    build, start a server with a sample agency, open the window'
	@echo 'make test   every check and test; what CI runs'
	@echo 'make nightly  the rules over a million steps, and a million cases of the oracle'
	@echo 'make check  formats and lints only'
	@echo 'make fmt    put everything into its format'
	@echo 'make gen    write the generated files again'
	@echo 'make pictures  every page and dialog of the real window, to be looked at'
	@echo 'make soak   simulate STEPS steps with faults of every kind'
	@echo 'make storm  ten apps behind a bad line for MINUTES minutes, server killed now and then'
	@echo 'make defects  plant defects and see that each is found'
	@echo 'make bench  measure, beside a floor measured in the same run'
	@echo 'make dist   .deb and .rpm of the app and of the server, tried out'

setup:
	@scripts/setup

# Not `npm ci`: it wants the builds for every other system in the lock file too, and not every
# registry has them. This takes the locked versions and writes nothing.
ui/node_modules/.installed: ui/package.json ui/package-lock.json | setup
	cd ui && npm install --no-save
	@touch $@

ui/dist/index.html: $(UI_FILES) ui/node_modules/.installed
	cd ui && npm run build

ui: ui/dist/index.html

run: setup ui
	cargo build $(CARGO_FLAGS) --bins
	@scripts/run

check: setup ui
	cargo fmt --all --check
	cd ui && npm run format:check && npm run lint
	cargo clippy $(CARGO_FLAGS) --all-targets -- -D warnings
	cargo clippy $(CARGO_FLAGS) --test pictures -- -D warnings
	cargo xtask tidy

# Generated files are compared with what they are generated from by tests; `make gen` writes
# them. The programs that tests start are built with them.
test: check
	cd ui && npm test
	cargo build $(CARGO_FLAGS) --all-targets
	cargo test $(CARGO_FLAGS)

# The twin of `make test` for a night: every command in random order by several actors over both
# schemes, and the rules against their second telling. Each prints its seed.
nightly: setup
	MUSTER_STEPS=1000000 MUSTER_ORACLE=1000000 cargo test --profile soak -p muster-domain \
		--test histories --test oracle -- --nocapture

fmt: setup ui/node_modules/.installed
	cargo fmt --all
	cd ui && npm run format

gen: setup ui
	MUSTER_WRITE=1 cargo test $(CARGO_FLAGS) -- keeps_its_form role_matrix page_of_routes types_are_current security_c1_the_window
	cargo xtask requirements

# Pictures of everything in every width and look, in target/pictures. Fails where a page is wider
# than its window or axe finds something, contrast included.
pictures: setup ui
	rm -rf target/pictures
	cargo build $(CARGO_FLAGS) --bins
	cargo test $(CARGO_FLAGS) --test pictures

# One world of MUSTER_SEED, or any number of steps from a seed of chance; see docs/simulation.md.
STEPS ?= 1000000
soak: setup
	MUSTER_STEPS=$(STEPS) cargo test --profile soak -p muster-sync --test simulation \
		-- --nocapture nothing_is_lost

# Real processes; one run of MUSTER_SEED or of a seed of chance. See docs/storm.md.
MINUTES ?= 5
storm: setup ui
	cargo build $(CARGO_FLAGS) --bins --example storm-client
	MUSTER_MINUTES=$(MINUTES) cargo test $(CARGO_FLAGS) --test storm -- --nocapture

defects: setup
	@scripts/defects

bench: setup
	cargo bench -p muster-cache --bench '*'
	cargo bench -p muster-server --bench idle

dist: ui
	@scripts/setup dist
	packaging/build

# The rendered icons are committed: building needs no renderer.
icons:
	for size in 32 128 256 512; do \
		rsvg-convert -w $$size -h $$size icons/muster.svg -o icons/$${size}x$$size.png; \
	done
	convert icons/32x32.png icons/256x256.png icons/icon.ico
