# KNTC. `make help` tells what there is / `make help` cho biết các lệnh.
.DEFAULT_GOAL := help
SHELL := /bin/bash

PYTHON ?= python3
BIN := .venv/bin
STAMPS := .venv/.stamps
UV := $(BIN)/uv pip
# Where a package comes from is the machine's affair (a mirror, a proxy): the lock holds names, versions and hashes only.
# That is why it is a requirements.lock and not a uv.lock, which writes the address of every file.
COMPILE := $(UV) compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	--no-header --quiet

.PHONY: help setup setup-test run demo test unit lint types format bench lock docs clean

help:  ## Danh sách lệnh / this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  KNTC_HOME=./var     nơi chứa cơ sở dữ liệu nhúng và mọi tệp / where everything is kept"
	@echo "  DATABASE_URL=…      dùng PostgreSQL khác (15 trở lên) / use another PostgreSQL"

setup: system-run $(STAMPS)/project  ## Cài đặt: .venv từ requirements.lock / install, quick when nothing changed

setup-test: system-test $(STAMPS)/project  ## Cài đặt cả Chromium, LibreOffice để kiểm thử / also what the tests need

run: setup  ## Chạy hệ thống tại http://127.0.0.1:8000 / serve (RUN="--port 8001 --no-demo")
	@exec $(BIN)/kntc run $(RUN)

test: setup-test lint types docs  ## Mọi kiểm tra và kiểm thử / every check, all tests
	$(BIN)/pytest -n 2 --dist loadfile --durations=15

unit: setup-test  ## Kiểm thử trừ trình duyệt / tests without a browser (T="tests/law -x")
	$(BIN)/pytest -m "not e2e" $(or $(T),-n 2 --dist loadfile)

lint: $(STAMPS)/project  ## ruff, định dạng, ranh giới giữa các phòng / style and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(STAMPS)/project  ## mypy --strict
	$(BIN)/mypy

format: $(STAMPS)/project  ## Sửa định dạng / reformat
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup  ## Đo tốc độ ở 100.000 đơn (N=1000000) / measure, prints a table
	@exec $(BIN)/python -m kntc.ops.bench $(if $(N),--petitions $(N)) $(BENCH)

lock: $(STAMPS)/uv  ## Lập lại requirements.lock / resolve the dependencies anew (UPGRADE=1)
	$(COMPILE) $(if $(UPGRADE),--upgrade) --output-file requirements.lock

docs: $(STAMPS)/project  ## Dựng tài liệu vào site/ / build the documentation
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

clean:  ## Xóa .venv và tệp tạm, giữ var/ / remove what setup and tests made, keep the data
	rm -rf .venv site build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests -name __pycache__ -prune -exec rm -rf {} +

.PHONY: system-run system-test
system-run:
	@script/debian-packages run $(PYTHON)
system-test:
	@script/debian-packages test $(PYTHON)

# Each stamp is newer than what it was made from, or made again.
$(BIN)/python: | system-run
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Cần Python 3.11 trở lên: chạy lại với make PYTHON=python3.11" >&2; exit 1; }
	$(PYTHON) -m venv .venv

$(STAMPS)/uv: script/uv.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r script/uv.txt
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/packages: requirements.lock $(STAMPS)/uv
	$(UV) sync --python $(BIN)/python --quiet --require-hashes requirements.lock
	@touch $@

$(STAMPS)/project: pyproject.toml $(STAMPS)/packages
	$(UV) install --python $(BIN)/python --quiet --no-deps --no-build-isolation --editable .
	@touch $@
