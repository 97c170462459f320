# briefgen: plain make, pkg-config, Debian packages. See README.md.
#   make deps all demo test check bench regen install clean      BUILD=dir SAN=1 CC=clang-14 as needed
BUILD    ?= build$(if $(SAN),-san)
PREFIX   ?= /usr/local
DESTDIR  ?=
PKGS     := sqlite3 harfbuzz harfbuzz-subset freetype2 icu-uc icu-i18n libcmark-gfm jansson uchardet nettle libdeflate inih
WARN     := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wwrite-strings \
            -Wundef -Wformat=2 -Wnull-dereference -Werror
HARDEN   := -fstack-protector-strong -fstack-clash-protection -fPIE $(if $(SAN),,-D_FORTIFY_SOURCE=2)
OPT      := $(if $(SAN),-O1 -g -fsanitize=address$(comma)undefined -fno-sanitize-recover=all -fno-omit-frame-pointer,-O2 -g)
comma    := ,
CPPFLAGS += -Isrc -D_GNU_SOURCE $(shell pkg-config --cflags $(PKGS)) -MMD -MP
CFLAGS   += -std=c17 $(OPT) $(WARN) $(HARDEN)
LDFLAGS  += -pie -Wl,-z,relro,-z,now $(if $(SAN),-fsanitize=address$(comma)undefined)
LDLIBS   := $(shell pkg-config --libs $(PKGS)) -lcmark-gfm-extensions -lhpdf -lz -lm

LIB_SRC  := $(filter-out src/main.c src/cli/%,$(wildcard src/*/*.c src/*/*/*.c))
LIB_OBJ  := $(LIB_SRC:%.c=$(BUILD)/%.o) $(BUILD)/embedded.o
CLI_OBJ  := $(patsubst %.c,$(BUILD)/%.o,$(wildcard src/main.c src/cli/*.c))
EMBED    := $(sort $(wildcard src/data/*.tsv src/store/*.sql templates/*.md fonts/*.ini))
UNIT     := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/test_*.c))

all: $(BUILD)/briefgen

$(BUILD)/briefgen: $(CLI_OBJ) $(BUILD)/libbriefgen.a
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/libbriefgen.a: $(LIB_OBJ)
	rm -f $@ && $(AR) rcsD $@ $^

# Files that travel inside the program (data/data.h: data_file): name, first byte, length. "src/" is left off the names.
$(BUILD)/embedded.c: $(EMBED) Makefile
	@mkdir -p $(@D)
	@{ echo '#include "data/embedded.h"'; n=0; for f in $(EMBED); do \
	  printf '__asm__(".section .rodata\\n.global embedded_%d, embedded_%d_end\\nembedded_%d: .incbin \"%s\"\\nembedded_%d_end: .byte 0\\n.text");\n' $$n $$n $$n $$f $$n; \
	  printf 'extern const char embedded_%d[], embedded_%d_end[];\n' $$n $$n; n=$$((n+1)); done; \
	  echo 'const struct embedded embedded_files[] = {'; n=0; for f in $(EMBED); do \
	  printf '    {"%s", embedded_%d, embedded_%d_end},\n' $${f#src/} $$n $$n; n=$$((n+1)); done; \
	  echo '    {NULL, NULL, NULL}};'; } > $@

$(BUILD)/embedded.o: $(BUILD)/embedded.c
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC $<"
	@$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/libbriefgen.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $< $(BUILD)/libbriefgen.a -lcmocka $(LDLIBS)

unit: $(UNIT)
	@set -e; for t in $(UNIT); do ./$$t; done

clean:
	rm -rf build build-*

-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(UNIT:=.d)
.PHONY: all unit clean
