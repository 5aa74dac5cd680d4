# Everything a person types. `make` alone lists it.

# The newest Python on the path that is 3.11 or later.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$p && break; done)
BIN := .venv/bin
# Installed once for each wording of the requirements; these files say which.
READY := .venv/installed-$(shell cat requirements.txt | cksum | cut -d ' ' -f 1)
DEV_READY := .venv/dev-$(shell cat requirements.txt requirements-dev.txt | cksum | cut -d ' ' -f 1)
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-input
CODE := rules config accounts meetings

.PHONY: help run test check bench format clean \
	format-check lint types floors migrations deployment house

help:
	@echo 'make run     the whole site at http://127.0.0.1:8000/ (PORT, DATA_DIR); Ctrl-C stops it'
	@echo 'make test    all tests'
	@echo 'make check   format, lint, types, floors, migrations, deployment'
	@echo 'make bench   how fast it is, measured here'
	@echo 'make format  put the code into shape'
	@echo 'make clean   remove what was installed (the data in ./var stays)'

run: $(READY)
	@exec $(BIN)/python -m config.supervisor --parent $$PPID

test: $(DEV_READY)
	@exec $(BIN)/python -m tests.run

# Each part runs even when one before it failed.
check: $(DEV_READY)
	@$(MAKE) --no-print-directory --keep-going format-check lint types floors migrations deployment house

format-check:
	$(BIN)/ruff format --check .
lint:
	$(BIN)/ruff check .
types:
	$(BIN)/mypy $(CODE)
floors:
	$(BIN)/lint-imports --no-logo
migrations:
	$(BIN)/python manage.py makemigrations --check --dry-run
deployment: export GAZETTEER_PATH = var/test-gazetteer/gazetteer.sqlite3
deployment:
	$(BIN)/python manage.py load_gazetteer
	PRODUCTION=1 HSTS_SUBDOMAINS=1 SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
		FIELD_KEY=check ALLOWED_HOSTS=meetings.example.org \
		$(BIN)/python manage.py check --deploy --fail-level WARNING
# Lengths, names, and every requirement pinned with its reason.
house:
	$(BIN)/python -m pytest -q tests/test_house.py

bench: $(DEV_READY)
	@exec $(BIN)/python -m bench.run

format: $(DEV_READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(READY): | $(BIN)/python
	@echo 'homegroup: installing what it needs into .venv (a minute, once)'
	@$(INSTALL) -r requirements.txt
	@rm -f .venv/installed-*; touch $@

$(DEV_READY): | $(BIN)/python
	@echo 'homegroup: installing what its tests need into .venv (a minute, once)'
	@$(INSTALL) -r requirements-dev.txt
	@rm -f .venv/installed-* .venv/dev-*; touch $@ $(READY)

$(BIN)/python:
	@test -n '$(PYTHON)' || { echo 'Homegroup needs Python 3.11 or later on the path.'; exit 1; }
	@$(PYTHON) -m venv .venv || { echo 'Python could not make a virtual environment; on Debian: apt install python3-venv'; rm -rf .venv; exit 1; }
