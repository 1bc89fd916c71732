#!/bin/sh
# The master copy is whole: every row, column and field is explained, every
# rule can be asked about, the demo's numbers do what the trainer shows.
cd "${srcdir:-.}" || exit 1
form=forms/ogi-2021.xml
tests=0
ok() { # what; the status of the command before it
	st=$?
	tests=$((tests + 1))
	[ $st = 0 ] && echo "ok $tests - $1" || echo "not ok $tests - $1"
}
xp() { # expression, file
	xmllint --xpath "$1" "${2:-$form}" 2>/dev/null
}
none() { # node set: prints what should not be there
	got=$(xp "count($1)")
	[ "$got" = 0 ] || { xp "$1/@id" | sed 's/^/# /'; return 1; }
}
table() { # file, row: new, carried_in, results and carried_out of a column
	awk -F '\t' -v c="$2" '$1 ~ "^requests\\." && $1 ~ "\\." c "$" {
		if ($1 ~ /\.(new|carried_in)\./) in_ += $2; else out += $2; n++ }
		END { print n, in_, out }' "$1"
}
if ! command -v xmllint >/dev/null; then
	echo "1..0 # SKIP xmllint is not installed"
	exit 0
fi

none '//*[self::section or self::row or self::column or self::field][not(meaning and basis and example and mistake)]'
ok "every section, row, column and field has meaning, basis, example and mistake"
none '//*[self::meaning or self::basis or self::example or self::mistake or self::asks or self::why or self::remedy or self::wrong or self::silence][normalize-space()=""]'
ok "none of them is empty"
none '//rule[not(asks and why and basis and remedy and right[not(term)] and wrong and silence)]'
ok "every rule says what, why, by which clause, what to do, right, wrong, and how to answer"
none '//rule[@check or @pattern][not(message)]'
ok "every check and pattern has its words"
none '//rule[contains(remedy, "凑") or contains(remedy, "填成") or contains(remedy, "补平")]'
ok "no remedy offers the number that would balance"
none '//item[not(@text and @basis and @label)]'
ok "every checklist item has its text and basis"
[ "$(xp 'count(//section[not(item)])')" = 0 ]
ok "every section has checklist items"
[ "$(xp '//*/@initials' | sort | uniq -d | wc -l)" = 0 ]
ok "no two rows share their initials"
xp '//row/@brief' | grep -o '"[^"]*"' | tr -d '"' | LC_ALL=C awk '{ if (length($0) > 27) { print "# " $0; bad = 1 } } END { exit bad }'
ok "the short labels are short"
for f in demo/2024.tsv demo/2025.tsv; do
	! grep -qvP '^[a-z_.]+\t' "$f" && ! cut -f1 "$f" | sort | uniq -d | grep -q . && ! grep -qE '\.(total|decided)	|^requests\.concluded\.' "$f"
	ok "$f: paths of typed cells, each once"
done
for c in natural business research nonprofit legal other; do
	set -- $(table demo/2024.tsv $c)
	[ "$1" = 24 ] && [ "$2" = "$3" ]
	ok "demo 2024: the column $c balances"
	[ "$(sed -n "s/^requests.carried_out.$c	//p" demo/2024.tsv)" = "$(sed -n "s/^requests.carried_in.$c	//p" demo/2025.tsv)" ]
	ok "demo 2025: $c is carried over"
done
set -- $(table demo/2025.tsv natural)
[ "$1" = 24 ] && [ $(($3 - $2)) = 1 ]
ok "demo 2025: the natural column is complete and off by one"
set -- $(table demo/2025.tsv legal)
[ "$1" -lt 24 ]
ok "demo 2025: the column legal is left half-way"
# A case is about the rules of its "only" line, or about those that it expects.
cases() { # prints the ids, a line each, of rules that never fire, or always do
	awk -v RS='\n= ' 'NR == FNR { n = split($0, lines, "\n")
		for (i in lines) if (match(lines[i], /<rule id="[^"]*"/)) ids[substr(lines[i], RSTART + 10, RLENGTH - 11)]
		next }
	{ n = split($0, lines, "\n"); split("", here); split("", told)
		for (i = 1; i <= n; i++) { k = split(lines[i], w, " ")
			if (w[1] == "only") for (j = 2; j <= k; j++) here[w[j]]
			if (w[1] == "expect") told[w[2]] }
		for (id in told) fires[id]
		for (id in here) if (!(id in told)) quiet[id] }
	END { for (id in ids) { if (!(id in fires)) print id " never fires"; if (!(id in quiet)) print id " is never quiet" } }' \
		forms/ogi-2021.xml tests/cases/rules.txt
}
[ -z "$(cases | sed 's/^/# /' | tee /dev/stderr)" ]
ok "every rule has a case that fires and one that must not"
echo "1..$tests"
