# The few words one needs. GNU make and Python 3.11 with venv are enough.
PYTHON ?= python3
PORT ?= 8000
RUN := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help demo serve work test trials check tidy bench pins messages run all

help:
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | awk -F '\t' '{printf "make %-12s %s\n", $$1, $$2}'

demo: ## install, load the Artois and an example edition, serve them (PORT=8000, RESET=1 starts over)
	@$(PYTHON) tools/prepare.py demo --port "$(PORT)" $(if $(RESET),--reset)

serve: run ## serve a real territory, set up in .env (see .env.example and docs/operations.md)
	@$(RUN) -m terril serve --port "$(PORT)"

work: run ## work on the code: the demonstration, served by a process that reloads at each change
	@$(RUN) -m terril demo --port "$(PORT)" --reload

test: all ## everything: style, types, doors, tests on SQLite and PostgreSQL, journeys in a browser, coverage
	@$(RUN) tools/checks.py test

trials: all ## what is long: many writers, a long journal, large files
	@$(RUN) tools/checks.py trials

check: all ## the quick part of test: style, types, doors, migrations, translations
	@$(RUN) tools/checks.py check

tidy: all ## put code and templates in order
	@$(RUN) tools/checks.py tidy

bench: all ## measure what is fast, against whom, in one run
	@$(RUN) -m benchmarks

pins: all ## compile the hashed pins of requirements/ anew (UPGRADE=1 takes newer versions)
	@$(RUN) tools/pins.py $(if $(UPGRADE),--upgrade)

messages: all ## gather the sentences of the interface for their translation
	@$(RUN) -m terril messages

run all:
	@$(PYTHON) tools/prepare.py $@
