# Everything happens in .venv inside the project; what the user has set up elsewhere is neither used nor changed.
AS_OF ?= 2026-03-31
PYTHON ?= $(firstword $(foreach p,python3 python3.14 python3.13 python3.12 python3.11,$(shell \
	$(p) -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(p))))
JAVA := $(shell java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p')
SPARK := $(shell [ "$(JAVA)" -ge 17 ] 2>/dev/null && echo .venv/.spark)
IN := .venv/bin/python
INSTALL := $(IN) -m pip install --quiet --disable-pip-version-check

export PIP_USER := 0
export PYTHONNOUSERSITE := 1
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV CONDA_PREFIX PIP_TARGET PIP_PREFIX PIP_ROOT PIP_CONSTRAINT JUPYTER_PATH JUPYTER_CONFIG_DIR

.PHONY: report test lab lock lint
.DELETE_ON_ERROR:

report: .venv/.run  ## run the sample day: reports/2026-03-31/index.html
	.venv/bin/bolib run --as-of $(AS_OF)

# A file stays in one process, where its tests share what they set up; tests/conftest.py says which come first.
test: .venv/.test $(SPARK)  ## check everything; what the machine cannot check is said with its reason
	$(IN) -m ruff check .
	$(IN) -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lab: .venv/.run  ## open the investigation notebook
	.venv/bin/bolib lab

.venv/.made:
	@[ -n "$(PYTHON)" ] || { echo "make: expected Python 3.11 or newer with venv on the PATH, found none. Install it, or say make PYTHON=/path/to/python3." >&2; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.run: .venv/.made requirements/run.lock pyproject.toml
	$(INSTALL) --require-hashes -r requirements/run.lock
	$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

.venv/.test: .venv/.run requirements/test.lock
	$(INSTALL) --require-hashes -r requirements/test.lock
	@touch $@

.venv/.spark: .venv/.test requirements/spark.lock
	$(INSTALL) --require-hashes -r requirements/spark.lock
	@touch $@

# make lock UPGRADE=--upgrade takes newer versions; without it, only what pyproject.toml changed.
COMPILE = .venv/bin/uv pip compile --quiet pyproject.toml requirements/build.in --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --custom-compile-command "make lock" $(UPGRADE)
lock: .venv/.run
	$(INSTALL) uv
	$(COMPILE) -o requirements/run.lock
	$(COMPILE) --extra test -c requirements/run.lock -o requirements/test.lock
	$(COMPILE) --extra test --extra spark -c requirements/test.lock -o requirements/spark.lock
	$(IN) requirements/environment.py > environment.yml
