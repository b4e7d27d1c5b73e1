# Every target sets up what it needs: a fresh clone with Python 3.11+, pip and make is enough. Where a C compiler is
# found, the page and language rooms are compiled; WARTA_COMPILE=0 leaves them as they are, for work on the code.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
WARTA_COMPILE ?= auto
export WARTA_COMPILE
COMPILED := $(if $(filter 0,$(WARTA_COMPILE)),,$(shell find extractor/language extractor/page extractor/assemble.py -name '*.py'))

.PHONY: run test check format schema bench clean

run: $(STAMP)  ## extract every page in samples/ and show what came out
	$(BIN)/warta run samples -o out/records.jsonl
	$(BIN)/warta extract samples/turnout-blora.html --view
	$(BIN)/warta eval samples/gold out/records.jsonl

test: $(STAMP)  ## run the test suite
	$(BIN)/pytest -n auto

check: $(STAMP)  ## lint, types, rule data
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/warta patterns check

format: $(STAMP)  ## rewrite the code in the house format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

schema: $(STAMP)  ## regenerate docs/record.schema.json and docs/record.md
	$(BIN)/warta schema > docs/record.schema.json
	{ sed '/^## Record$$/,$$d' docs/record.md; $(BIN)/warta schema --tables; } > docs/record.md.new
	mv docs/record.md.new docs/record.md

bench: $(STAMP)  ## speed and memory by stage, beside other tools: benchmarks/results.md
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) out dist build
	find extractor -name '*.so' -delete

$(STAMP): pyproject.toml extractor/_compile.py $(COMPILED)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet -e '.[dev]'
	touch $(STAMP)
