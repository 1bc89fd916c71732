#!/bin/sh
# export: what it refuses, what it leaves alone, the same bytes everywhere, a
# whole year at once.
. "${srcdir:-.}/tests/lib.sh"
t=$(printf '\t')
out=$dir/files
mkdir "$out"
xlsx=xlsx:.xlsx
"$n" demo --no-screen >/dev/null
"$n" export 1 --format xlsx -o - 2>&1 >/dev/null | grep -q libxlsxwriter && xlsx=

# ---- the sheet for retyping ----
run 0 export 1 --format entry -o "$out/e.txt" && grep -q '^|.*□' "$out/e.txt" && ! grep -q '<input' "$out/e.txt"
ok "the entry sheet as text"
run 0 export 1 --format entry -o "$out/e.html" && grep -q '<input type="checkbox" aria-label="规章"/>' "$out/e.html" && grep -q '<title>.*填报底稿</title>' "$out/e.html" && ! grep -q □ "$out/e.html"
ok "the entry sheet as a page, by the ending of its file: boxes to tick"
run 0 export 1 --format entry-html -o - && prints '<input type="checkbox"'
ok "the same by its name"
(cd "$out" && run 0 export 1 --format entry-html && ls | grep -q 填报底稿 || ls | grep -q '\.entry\.html$')
ok "and a file name of its own"
run 0 export 1 --format tsv --table requests -o - && [ "$(wc -l <"$dir/out")" = 25 ] && [ "$(awk -F "$t" '{ print NF }' "$dir/out" | sort -u)" = 7 ]
ok "the bare rectangle of a table"

# ---- the sheet in text ----
id=$(NIANBAO_DB=$dir/w.db "$n" new --unit 白石县人民政府 --year 2024) && NIANBAO_DB=$dir/w.db "$n" set "$id" --from "$src/demo/2024.tsv" >/dev/null &&
	NIANBAO_DB=$dir/w.db "$n" explain-finding "$id" Q3 - "$(printf '文字和数据都已核对无误，%.0s' $(seq 20))"
for columns in 80 40; do
	NIANBAO_DB=$dir/w.db run 0 export "$id" --format text --sheet-only --columns $columns -o - && prints 核对无误 &&
		/usr/bin/python3 -c 'import sys, unicodedata
for line in open(sys.argv[1], encoding="utf-8"):
    cells = sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line.rstrip("\n"))
    assert cells <= int(sys.argv[2]) or "核对" not in line, line' "$dir/out" $columns || { missed=1; break; }
done
ok "a long opinion is wrapped to the columns"

# ---- refused ----
for wrong in "docx --layout x" "docx --fonts x" "text --signature x" "text --lead x" "text --columns 39" "text --columns 9x"; do
	run 2 export 1 -o "$out/no" --format $wrong && says "${wrong##* }" && [ ! -e "$out/no" ] || { missed=1; break; }
done
ok "a word that is not known: one sentence, no file"
run 2 export 1 --format text --encoding x -o "$out/no" && says gb18030 && [ ! -e "$out/no" ]
ok "an encoding that is not known"
for wrong in "docx --columns 80" "docx --tsv" "html --encoding gb18030" "csv --fragment" "docx --blank" "text --table requests" "json --sheet" "tsv --table requests --sheet-only" \
	"text --layout template" "html --layout template" "text --fonts gbk" "json --layout template --fonts windows" ${xlsx:+"xlsx --lead yes"} "csv --signature end" "xml --fonts windows" "entry --lead yes"; do
	run 2 export 1 -o "$out/no" --format $wrong && says 不用于 "${wrong%% *}" && [ ! -e "$out/no" ] || { missed=1; break; }
done
ok "an option of another format"
for f in xlsx csv json xml entry tsv; do
	run 2 export 1 --format $f --lead yes --signature title --fonts windows --layout template -o /dev/null || { missed=1; break; }
done
"$n" export 1 --format docx -o "$out/now.docx" >/dev/null && "$n" export 1 --format docx --layout gbt9704 --fonts gb2312 --signature date --lead no -o "$out/usual.docx" >/dev/null && cmp "$out/now.docx" "$out/usual.docx"
ok "and the unit keeps nothing of it"
run 2 export 1 --format tsv -o "$out/no" && says requests && run 2 export 1 --format tsv --table x -o "$out/no" && [ ! -e "$out/no" ]
ok "a table must be named"
run 2 export 1 --format docx -o "" && says -o && run 2 export 1 --format docx -o "$out" && says "$out" && run 2 export 1 --format docx -o "$out/none/a" && says "$out/none/a"
ok "no file: an empty name, a folder, a folder that is not there"
run 0 set 2 overview.text=甲🀄乙 && run 0 export 2 --format text --encoding gb18030 -o "$out/g.txt" && iconv -f gb18030 -t utf-8 "$out/g.txt" | grep -q 甲🀄乙
ok "GB18030 has them all"
if others_may; then
	mkdir "$out/ro" && cp "$NIANBAO_DB" "$out/b.db" && chmod 755 "$dir" && chown -R nobody "$out/b.db" && chmod 777 "$out"
	setpriv --reuid nobody --clear-groups "$n" --db "$out/b.db" export 1 --format docx -o "$out/ro/a.docx" >"$dir/out" 2>"$dir/err"
	[ $? = 2 ] && says "$out/ro/a.docx" 权限 && [ -z "$(ls "$out/ro")" ]
	ok "a folder that may not be written to"
	chmod 755 "$out"
	rm -f "$out"/b.db*
else
	skip "a folder that may not be written to" "not root, or no other login can reach the program"
fi

# ---- whole or not at all ----
# the store's own files stay under the limit, in blocks of 512 or 1024 bytes, a
# Flat OPC document does not
echo mine >"$out/a.docx" && sh -c 'ulimit -f 80; trap "" XFSZ; "$1" export 1 --format flatopc -o "$2"' sh "$n" "$out/a.docx" >/dev/null 2>"$dir/err"; says "$out/a.docx" && [ "$(cat "$out/a.docx")" = mine ] && [ "$(ls "$out" | grep -c '^a.docx')" = 1 ]
ok "a full disk: the old file stands, nothing beside it"
chmod 640 "$out/a.docx" && ln -s a.docx "$out/link.docx" && run 0 export 1 --format docx -o "$out/link.docx" && [ -L "$out/link.docx" ] && [ "$(stat -c %a "$out/a.docx")" = 640 ] && head -c 2 "$out/a.docx" | grep -q PK
ok "a file is replaced whole, keeps its mode, a link stays a link"
(umask 077 && run 0 export 1 --format docx -o "$out/private.docx") && [ "$(stat -c %a "$out/private.docx")" = 600 ]
ok "a new file is as private as the umask says"
"$n" export 1 --format docx -o - >/dev/full 2>"$dir/err"; [ $? = 2 ] && says 标准输出
ok "a full standard output"
{ "$n" export 1 --format html -o - 2>"$dir/err"; echo $? >"$dir/rc"; } | true
[ "$(cat "$dir/rc")" != 0 ] && [ "$(wc -l <"$dir/err")" -le 1 ] && run 0 doctor && run 0 export 1 --format html -o "$out/a.html"
ok "a closed pipe ends it, the store is sound"

# ---- names ----
run 2 new --unit "$(printf '青溪县\n教育局')" --year 2020 && says 换行
ok "a unit's name is one line"
for unit in '青溪县/"一"局' '../../etc' '-x' 'a:b*c?d<e>f|g\h' "青溪县'局" "$(printf '%0120d' 7)"; do
	"$n" new --unit "$unit" --year 2020 >"$dir/id" || { missed=1; break; }
	(cd "$out" && "$n" export "$(cat "$dir/id")" --format docx -o "$(basename "$dir")$(cat "$dir/id").docx" >/dev/null && "$n" export "$(cat "$dir/id")" --format html >"$dir/name" && [ -f "$(cat "$dir/name")" ] && ! cat "$dir/name" | grep -q '[/\\:*?"<>|]') || { missed=1; break; }
done
ok "a file is named after any unit, in this folder"

# ---- references ----
id=$("$n" new --unit 青溪县司法局 --year 2020)
"$n" set "$id" requests.new.natural=12 overview.text='甲{nosuch.path}乙{requests.new.research}丙{overview.text}丁{requests.new.natural}戊' && run 0 export "$id" --format text -o - && prints 甲［未填］乙［未填］丙［未填］丁12戊 && run 1 check "$id" --format tsv && grep -c "N27.*{overview.text}\|N27.*{nosuch.path}\|N27.*{requests.new.research}" "$dir/out" | grep -qx 3
ok "a reference to nothing, to a blank cell, to itself"

# ---- a whole year ----
run 0 export --all --year 2020 --format html -o "$out/all" && [ "$(ls "$out/all" | wc -l)" = 7 ] && [ "$(wc -l <"$dir/out")" = 7 ] && grep -q '导出 7 份' "$dir/err" && ls "$out/all" | grep -qx '2020-.._.._etc.html'
ok "a year: a file and a line a report, safe names"
cp -r "$out/all" "$out/kept" && run 1 export --all --year 2020 --format html -o "$out/all" && says --force && diff -r "$out/all" "$out/kept"
ok "a folder with other files wants --force"
echo >"$out/all/其他.txt" && run 0 export --all --year 2020 --format html -o "$out/all" --force && [ -f "$out/all/其他.txt" ] && diff -r "$out/all" "$out/kept" | grep -qvc 其他.txt; [ "$(diff -r "$out/all" "$out/kept" | wc -l)" = 1 ]
ok "with it the same are replaced, the others stay"
run 1 export --all --year 2019 --format html -o "$out/none" && says 2019 && [ ! -e "$out/none" ]
ok "a year without reports"
run 2 export --all --year 2020 --format html -o "$out/a.html" && says "$out/a.html" 文件夹 && run 2 export --all --year 2020 --format html -o - && run 2 export --all --year 2020 --format html && run 2 export --all --year 2020 --format html --layout x -o "$out/none" && [ ! -e "$out/none" ] && [ ! -e - ]
ok "no folder, no file"

# ---- the same bytes, twice and wherever ----
zones="UTC0 Asia/Shanghai America/St_Johns Pacific/Apia"
[ -d /usr/share/zoneinfo ] || zones="UTC0 CST-8 NST3:30"
for f in docx:.docx flatopc:.flat.xml html:.html xml:.xml text:.txt entry:.entry.txt entry-html:.entry.html csv:.csv json:.json $xlsx; do
	for report in 1 2; do
		rm -f "$dir"/same*
		for zone in $zones; do
			TZ=$zone "$n" export $report --format "${f%%:*}" -o "$dir/same${f#*:}" >/dev/null 2>&1 || { missed=1; break 2; }
			[ -e "$dir/same" ] || cp "$dir/same${f#*:}" "$dir/same"
			cmp "$dir/same" "$dir/same${f#*:}" || { missed=1; break 2; }
			sleep 0.1
		done
	done
	[ "$zone" = "${zones##* }" ] && cmp -s "$dir/same" "$dir/same${f#*:}"
	ok "${f%%:*}: the same bytes in every time zone"
done
for f in docx:.docx html:.html text:.txt $xlsx; do
	"$n" export 1 --format "${f%%:*}" -o "$dir/one${f#*:}" >/dev/null 2>&1
	(umask 077; LC_ALL=C LANG=en_US.UTF-8 TMPDIR=$out "$n" export 1 --format "${f%%:*}" -o "$dir/two${f#*:}" >/dev/null 2>&1)
	cmp "$dir/one${f#*:}" "$dir/two${f#*:}"
	ok "${f%%:*}: and in another language, folder and umask"
done
done_testing
