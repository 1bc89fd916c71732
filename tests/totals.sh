#!/bin/sh
# The closing line of a test run, from Automake's .trs files in this folder.
# Exit 1 when something failed or nothing ran.
awk '
	/^:test-result: (PASS|XFAIL)/ { passed++ }
	/^:test-result: (FAIL|XPASS|ERROR)/ { failed++; print FILENAME ": " $0 }
	/^:test-result: SKIP/ { skipped++; print FILENAME ": " $0 }
	END {
		if (skipped) printf "%d skipped\n", skipped
		printf "%d passed, %d failed\n", passed, failed
		exit failed > 0 || passed == 0
	}' $(find . -name '*.trs' | sort) /dev/null
