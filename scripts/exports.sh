#!/usr/bin/env bash
# Runs the files that faults export writes for pytest, Jest and JUnit 5 against small
# servers: one that verifies, one that accepts everything, one that refuses everything.
# (go test ./... runs the file for go test.) It needs a Debian machine with Node.js. It
# installs missing packages with apt-get, and Jest with npm into a temporary folder. If
# that fails it exits with 75.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python=/usr/bin/python3
java=/usr/share/java
install() {
	{ $python -c 'import pytest' 2>/dev/null || apt-get install -y python3-pytest; } &&
		{ command -v javac > /dev/null || apt-get install -y default-jdk-headless; } &&
		{ [ -e $java/junit-platform-console.jar ] || apt-get install -y junit5; } &&
		(cd "$work" && npm install --silent --no-fund --no-audit jest)
}
install || exit 75 # some cannot be installed here

jars=$(printf "$java/%s.jar:" junit-jupiter-api junit-jupiter-engine junit-jupiter-params junit-platform-commons \
	junit-platform-console junit-platform-engine junit-platform-launcher junit-platform-reporting \
	apiguardian-api opentest4j opentest4j-reporting-events picocli univocity-parsers)
export RUN_PYTEST="$python -m pytest -q -p no:cacheprovider test_faults.py"
export RUN_JEST="$work/node_modules/.bin/jest --rootDir . --config '{}'"
export RUN_JUNIT="javac -encoding UTF-8 -cp $jars FaultsTest.java && java -cp $jars:. org.junit.platform.console.ConsoleLauncher -c FaultsTest"
go test -count=1 -v -run TestOtherTablesRun -timeout 5m ./cli/suite
