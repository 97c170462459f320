# briefgen: plain make, pkg-config, Debian packages. `make help` lists the targets; see README.md.
# BUILD=dir builds elsewhere, SAN=1 with address and undefined-behaviour sanitizers, CC=clang-14 with clang.
BUILD    ?= build$(if $(SAN),-san)
PREFIX   ?= /usr/local
DESTDIR  ?=
SUDO     := $(if $(filter 0,$(shell id -u)),,sudo)
comma    := ,

PKGS     := sqlite3 harfbuzz harfbuzz-subset freetype2 icu-uc libcmark-gfm jansson uchardet nettle libdeflate inih xlsxwriter libzip expat libarchive zlib lcms2
DEPS     := gcc libc6-dev pkg-config libhpdf-dev libharfbuzz-dev libfreetype-dev libsqlite3-dev libicu-dev libcmark-gfm-dev \
            libcmark-gfm-extensions-dev libjansson-dev libuchardet-dev nettle-dev libdeflate-dev libinih-dev libxlsxwriter-dev \
            libzip-dev libexpat1-dev libarchive-dev zlib1g-dev liblcms2-dev \
            fonts-noto-cjk fonts-nanum fonts-dejavu-core
DEPS_TEST  := $(DEPS) libcmocka-dev unicode-data poppler-utils qpdf mupdf-tools strace sqlite3 zip zstd xz-utils bzip2 python3-pikepdf
DEPS_CONFORMANCE := $(DEPS_TEST) default-jre-headless maven
DEPS_CHECK := $(DEPS_TEST) clang-14 clang-format-14 libclang-rt-14-dev libreoffice-calc-nogui chromium

# Found out once, and only when something is compiled: `make deps demo` installs pkg-config first.
PKG_CFLAGS = $(eval PKG_CFLAGS := $$(shell pkg-config --cflags $(PKGS)))$(PKG_CFLAGS)
PKG_LIBS   = $(eval PKG_LIBS := $$(shell pkg-config --libs $(PKGS)))$(PKG_LIBS)

WARN     := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wwrite-strings \
            -Wundef -Wformat=2 -Wnull-dereference -Werror
HARDEN   := -fstack-protector-strong -fstack-clash-protection -fPIE $(if $(SAN),,-D_FORTIFY_SOURCE=2)
OPT      := $(if $(SAN),-O1 -g -fsanitize=address$(comma)undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -ftrivial-auto-var-init=pattern,-O2 -g)
CPPFLAGS += -Isrc -D_GNU_SOURCE -MMD -MP
CFLAGS   += -std=c17 $(OPT) $(WARN) $(HARDEN)
LDFLAGS  += -pie -Wl,-z,relro,-z,now $(if $(SAN),-fsanitize=address$(comma)undefined)
LDLIBS    = $(PKG_LIBS) -lcmark-gfm-extensions -lhpdf -lm
COMPILE   = $(CC) $(CPPFLAGS) $(PKG_CFLAGS) $(CFLAGS)

LIB_SRC  := $(filter-out src/main.c src/cli/% src/base/failstop.c,$(wildcard src/*/*.c src/*/*/*.c))
LIB_OBJ  := $(LIB_SRC:%.c=$(BUILD)/%.o) $(BUILD)/embedded.o
CLI_OBJ  := $(patsubst %.c,$(BUILD)/%.o,$(wildcard src/main.c src/cli/*.c) src/base/failstop.c)
EMBED    := $(sort $(wildcard src/data/*.tsv src/store/*.sql src/brief/*.sql templates/*.md templates/*.ini templates/*.css templates/*.js fonts/*.ini))
UNIT     := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/test_*.c))
ROWS     := $(filter $(addprefix $(BUILD)/unit/test_,layout% pages% out% template%),$(UNIT))
BENCH    := $(patsubst tests/bench/%.c,$(BUILD)/bench/%,$(wildcard tests/bench/*.c))
EVALS    := $(BUILD)/bench/eval_content $(BUILD)/bench/eval_dates $(BUILD)/bench/split_items
TOOLS    := $(BUILD)/generate-corpus $(BUILD)/make-hostile $(BUILD)/csv-cells $(BUILD)/faulty-libc.so $(EVALS)
DEMO     := $(BUILD)/demo

all: $(BUILD)/briefgen ## build the program

$(BUILD)/briefgen: $(CLI_OBJ) $(BUILD)/libbriefgen.a
	@echo "  LD $@"
	@$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/libbriefgen.a: $(LIB_OBJ)
	@rm -f $@ && $(AR) rcsD $@ $^

# Files that travel inside the program (data/data.h: data_file): name, first byte, length. "src/" is left off the names.
$(BUILD)/embedded.list: FORCE # a file that came by a merge may be older than what was made without it
	@mkdir -p $(@D)
	@echo '$(EMBED)' | cmp -s - $@ || echo '$(EMBED)' > $@

$(BUILD)/embedded.c: $(EMBED) $(BUILD)/embedded.list Makefile
	@{ echo '#include "data/embedded.h"'; n=0; for f in $(EMBED); do \
	  printf '__asm__(".section .rodata\\n.global embedded_%d, embedded_%d_end\\nembedded_%d: .incbin \\"%s\\"\\nembedded_%d_end: .byte 0\\n.text");\n' $$n $$n $$n $$f $$n; \
	  printf 'extern const char embedded_%d[], embedded_%d_end[];\n' $$n $$n; n=$$((n+1)); done; \
	  echo 'const struct embedded embedded_files[] = {'; n=0; for f in $(EMBED); do \
	  printf '    {"%s", embedded_%d, embedded_%d_end},\n' $${f#src/} $$n $$n; n=$$((n+1)); done; \
	  echo '    {NULL, NULL, NULL}};'; } > $@

$(BUILD)/embedded.o: $(BUILD)/embedded.c
	@$(COMPILE) -c -o $@ $<

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC $<"
	@$(COMPILE) -c -o $@ $<

$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/libbriefgen.a
	@mkdir -p $(@D)
	@echo "  CC $<"
	@$(COMPILE) $(LDFLAGS) -o $@ $< $(BUILD)/libbriefgen.a -lcmocka $(LDLIBS)

$(BUILD)/bench/%: tests/bench/%.c $(BUILD)/libbriefgen.a
	@mkdir -p $(@D)
	@echo "  CC $<"
	@$(COMPILE) $(LDFLAGS) -o $@ $< $(BUILD)/libbriefgen.a $(LDLIBS)

$(BUILD)/generate-corpus: $(wildcard tests/corpus/*.c tests/corpus/*.h) $(BUILD)/libbriefgen.a
	@echo "  CC tests/corpus/*.c"
	@$(CC) $(filter-out -MMD -MP,$(CPPFLAGS)) $(PKG_CFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.c %.a,$^) $(LDLIBS)

$(BUILD)/make-hostile: tests/hostile/make_hostile.c $(BUILD)/libbriefgen.a
	@echo "  CC $<"
	@$(CC) $(filter-out -MMD -MP,$(CPPFLAGS)) $(PKG_CFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/csv-cells: tests/cli/csv_cells.c
	@mkdir -p $(@D)
	@echo "  CC $<"
	@$(CC) $(filter-out -MMD -MP,$(CPPFLAGS)) $(CFLAGS) $(LDFLAGS) -o $@ $<

$(BUILD)/faulty-libc.so: tests/cli/faulty_libc.c # without sanitizers: it comes before them
	@mkdir -p $(@D)
	@echo "  CC $<"
	@$(CC) -std=c17 -D_GNU_SOURCE $(WARN) -fPIC -shared -o $@ $<

deps: ## install what building and running needs (Debian)
	$(SUDO) apt-get update -q
	$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $(DEPS)

deps-test: ## install what the tests need as well
	$(SUDO) apt-get update -q
	$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $(DEPS_TEST)

deps-check: ## install what `make check` needs as well
	$(SUDO) apt-get update -q
	$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $(DEPS_CHECK)

# veraPDF is no Debian package. Where it cannot be had, `make conformance` does without.
VERAPDF  ?= build-verapdf
deps-conformance: ## install what `make conformance` needs: Java, and veraPDF from Maven's repository into VERAPDF=DIR
	$(SUDO) apt-get update -q
	$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $(DEPS_CONFORMANCE)
	@mvn -q -B -f tests/conformance/pom.xml dependency:copy-dependencies -DoutputDirectory=$(abspath $(VERAPDF)) || \
	echo "skipped: veraPDF: Maven cannot get it"

# The bundled sample articles: those written by hand and some hundred made from them with a fixed seed.
$(DEMO)/pages/.made: $(BUILD)/generate-corpus $(wildcard tests/corpus/templates/*)
	@rm -rf $(DEMO)/pages && mkdir -p $(DEMO)/pages
	@$(BUILD)/generate-corpus $(DEMO)/pages 1
	@touch $@

demo: all $(DEMO)/pages/.made ## import the sample articles and write the brief of 2024-01
	@rm -f $(DEMO)/demo.db
	$(BUILD)/briefgen import --db $(DEMO)/demo.db tests/corpus/pages tests/corpus/jsonl $(DEMO)/pages/pages || [ $$? -eq 1 ]
	$(BUILD)/briefgen --month 2024-01 --db $(DEMO)/demo.db --output reports

test: all $(UNIT) $(TOOLS) ## unit, golden, command-line and hostile tests
	@BUILD=$(abspath $(BUILD)) tests/run

conformance: all $(BUILD)/generate-corpus ## PDF/A and PDF/UA: samples and test documents in every profile, by veraPDF, other readers and checks of our own
	@BUILD=$(BUILD) tests/conformance/documents $(BUILD)/conformance
	@/usr/bin/python3 tests/conformance/run $(BUILD)/conformance $(VERAPDF)

klreq: $(ROWS) ## the rules for setting Korean (src/layout/RULES.md), each with its tests and what they say
	@BUILD=$(BUILD) tests/klreq

check: ## what a change must pass: format, include rules, banned calls, gcc and clang, the suite under ASan+UBSan
	@tests/check-format
	@tests/check-includes
	@tests/check-banned
	@$(MAKE) --no-print-directory CC=clang-14 BUILD=build-clang all
	@$(MAKE) --no-print-directory SAN=1 test

# FUZZ="csv feed" for some only, SECONDS_OF_FUZZING=n for each. What breaks is written to build-fuzz/found: keep it, made
# small, in tests/fuzz/NAME.
SECONDS_OF_FUZZING ?= 120
FUZZ       ?= template json csv xlsx archive feed html page
FUZZ_FLAGS := -O1 -g -fsanitize=address$(comma)undefined$(comma)fuzzer-no-link -fno-sanitize-recover=all

fuzz: ## templates and inputs of every format made up by libFuzzer, with clang: SECONDS_OF_FUZZING=120 for each
	@$(MAKE) --no-print-directory CC="$(if $(findstring clang,$(CC)),$(CC),clang-14)" SAN=1 BUILD=build-fuzz OPT="$(FUZZ_FLAGS)" $(FUZZ:%=build-fuzz/fuzz_%)
	@SECONDS_OF_FUZZING=$(SECONDS_OF_FUZZING) tests/fuzz/run build-fuzz $(FUZZ)

$(BUILD)/fuzz_template: tests/fuzz/fuzz_template.c $(BUILD)/libbriefgen.a
	@$(COMPILE) $(LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(LDLIBS)

$(BUILD)/fuzz_%: tests/fuzz/fuzz_reader.c $(BUILD)/libbriefgen.a
	@$(COMPILE) $(LDFLAGS) -DFUZZ_FORMAT='"$(if $(filter page,$*),pagetext,$*)"' -fsanitize=fuzzer -o $@ $^ $(LDLIBS)

# SHARED: a folder with the real articles that the labels are about (gold/, corpus/, bigkinds/), outside the repository.
SHARED   ?= ../shared
GOLD     ?= $(SHARED)/gold
LABELS   ?= $(GOLD)/labels.tsv

eval: all ## score the program on labelled articles: GOLD=DIR LABELS=FILE
	@if [ -e "$(LABELS)" ]; then $(BUILD)/briefgen eval --timing "$(LABELS)" "$(GOLD)" || [ $$? -eq 1 ]; \
	else echo "skipped: no labelled articles in $(GOLD)"; fi

fit: all $(TOOLS) $(BUILD)/bench/fit_model ## fit the weights of src/data/model.tsv to labelled articles: SHARED=DIR
	@BUILD=$(BUILD) tests/bench/fit $(SHARED)

bench: all $(TOOLS) $(BENCH) ## speed, memory and sizes
	@BUILD=$(BUILD) tests/bench/run

quality: all $(TOOLS) $(BUILD)/bench/line_quality ## how the lines of a real text come out, and by greedy ways: SHARED=DIR
	@BUILD=$(BUILD) tests/bench/quality $(SHARED)

sample: demo ## write reports/sample anew: the demo's briefs in every format, and the pages that README shows (needs pdftoppm)
	@tests/make-sample $(BUILD)

regen: all $(UNIT) $(TOOLS) ## write the golden files anew; read the diff before you commit it
	@UPDATE_GOLDEN=1 BUILD=$(abspath $(BUILD)) tests/run
	@git diff --stat tests/golden

install: all ## install below DESTDIR/PREFIX
	install -D -m 755 $(BUILD)/briefgen $(DESTDIR)$(PREFIX)/bin/briefgen
	install -D -m 644 LICENSE $(DESTDIR)$(PREFIX)/share/doc/briefgen/LICENSE
	install -D -m 644 README.md $(DESTDIR)$(PREFIX)/share/doc/briefgen/README.md
	install -D -m 644 templates/monthly.md $(DESTDIR)$(PREFIX)/share/briefgen/templates/monthly.md
	install -D -m 644 templates/house.ini $(DESTDIR)$(PREFIX)/share/briefgen/templates/house.ini
	install -D -m 644 fonts/fonts.ini $(DESTDIR)$(PREFIX)/share/briefgen/fonts/fonts.ini

clean: ## remove what was built
	rm -rf build build-*

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 18

-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(UNIT:=.d)
FORCE:

.PHONY: FORCE all deps deps-test deps-conformance deps-check demo test conformance klreq check fuzz eval bench quality fit sample regen install clean help
