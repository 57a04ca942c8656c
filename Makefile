# Two commands: `make site` sets up and builds the site; `make test` sets up and runs all tests.
PYTHON ?= python3
VENV ?= .venv
SITE ?= site
PYTEST_ARGS ?= -q -n auto --maxschedchunk 1

.PHONY: site test quick proof polls lowest bounds pins mutation headlines lint clean freeze

site: $(VENV)/.installed
	$(VENV)/bin/review-clock build $(SITE) > /dev/null
	$(VENV)/bin/review-clock status

test: $(VENV)/.tested
	$(VENV)/bin/python -m pytest $(PYTEST_ARGS) --ignore=tests/benchmarks
	$(VENV)/bin/python -m pytest -q tests/benchmarks  # alone: they measure

quick: $(VENV)/.tested  # what takes a few minutes at most
	$(VENV)/bin/python -m pytest $(PYTEST_ARGS) -m "not slow"

proof: $(VENV)/.tested  # kills at any moment; a million inputs that mean harm; the law walked to 2100 (two hours)
	$(VENV)/bin/python -m tests.proof.kills 200
	$(VENV)/bin/python -m tests.proof.fuzz 1000000
	$(VENV)/bin/python -m tests.proof.recipes  # what docs/changing.md says to do, done: the quick tests stay green
	$(VENV)/bin/python -m tests.proof.engine  # small changes to the page's engine, each noticed (needs node)
	$(VENV)/bin/python -m tests.proof.walk  # every legally distinct position to 2100
	SAMPLES=400000 $(VENV)/bin/python -m pytest -q tests/futures/test_ten_questions.py  # ten questions, drawn and worked out

polls: $(VENV)/.tested  # what a poll costs a host (needs nginx and wrk)
	$(VENV)/bin/python -m tests.proof.polls

lowest: $(VENV)/.tested  # the lowest versions that setup.cfg allows: the same site, the commands' tests green
	$(VENV)/bin/python -m tests.proof.bounds lowest

bounds: $(VENV)/.tested  # the same, and what the index has today on the newest Python that is found
	$(VENV)/bin/python -m tests.proof.bounds lowest newest

pins:  # constraints.txt anew, from what the index has today: read what changed, then `make bounds test`
	rm -rf build/pins
	$(PYTHON) -m venv build/pins
	build/pins/bin/python -m pip install --quiet --disable-pip-version-check --editable .
	{ sed '/^[^#]/d' constraints.txt; build/pins/bin/python -m pip freeze --exclude-editable; } > build/pins/new
	mv build/pins/new constraints.txt

mutation: $(VENV)/.tested  # changes to the core that neither mypy nor a test notices; stopped, it goes on where it was (an hour or two)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check 'mutmut>=3.8,<3.9'
	PATH="$(abspath $(VENV))/bin:$$PATH" PYTEST_DISABLE_PLUGIN_AUTOLOAD=1 nice -n 15 $(VENV)/bin/python -m tests.proof.mutation $(MUTANTS)

headlines: $(VENV)/.tested  # the approved sentences and answers anew: read what changed
	$(VENV)/bin/python -m tests.words.states
	$(VENV)/bin/python -m tests.questions.approved

lint: $(VENV)/.tested
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy

freeze:  # the law and the record that the tests run on, from those that ship
	cp review_clock/law/*.toml tests/fixtures/0.3.0/data/law/
	cp review_clock/record/*.toml tests/fixtures/0.3.0/data/record/
	cp review_clock/scenarios/*.toml tests/fixtures/0.3.0/data/scenarios/
	cp calendars/*.toml tests/fixtures/0.3.0/data/calendars/

clean:
	rm -rf $(VENV) $(SITE) build dist *.egg-info

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (make PYTHON=python3.12 …)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing: apt-get install python3-venv"; exit 1; }

$(VENV)/.installed: setup.cfg pyproject.toml constraints.txt $(VENV)/bin/python
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.tested: $(VENV)/.installed
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	@touch $@
