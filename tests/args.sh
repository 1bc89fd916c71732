#!/bin/sh
# The manners of the command line: what is written twice, in another way, or
# with a slip.
. "${srcdir:-.}/tests/lib.sh"
t=$(printf '\t')
run 0 new --unit 青溪县教育局 --year 2025
ok "a report"

# ---- set ----
for bad in 1,2,3 1，23 1234,567 ,5 5,; do
	run 1 set 1 requests.new.legal=8 "requests.new.natural=$bad" && says 自然人 "$bad" 三位 && run 0 get 1 requests.new.natural requests.new.legal &&
		[ "$(cat "$dir/out")" = "requests.new.natural$t
requests.new.legal$t" ]
	ok "$bad is no number"
done
run 0 set 1 requests.new.natural=1,234 && run 0 get 1 requests.new.natural && prints "${t}1234"
ok "groups of three are"
run 1 set 1 requests.new.natural=5 requests.new.business=6 requests.new.natural=7 && says requests.new.natural && run 0 get 1 requests.new.natural requests.new.business &&
	[ "$(cat "$dir/out")" = "requests.new.natural${t}1234
requests.new.business$t" ]
ok "a path twice in one call is refused, named, and nothing changes"
printf 'requests.new.business\t3\n\nrequests.new.business\t3\n' >"$dir/twice.tsv" && run 1 set 1 --from "$dir/twice.tsv" && says requests.new.business
ok "a path twice in a file"
printf 'requests.new.business\t3\n' >"$dir/once.tsv" && run 1 set 1 --from "$dir/once.tsv" requests.new.business=4 && says requests.new.business
ok "a path in the file and as an argument"
printf '\357\273\277requests.new.business\t11\r\nrequests.new.research\t12\r\nother.text\t甲\r\n' >"$dir/bom.tsv" && run 0 set 1 --from "$dir/bom.tsv" &&
	run 0 get 1 requests.new.business requests.new.research other.text && [ "$(cat "$dir/out")" = "requests.new.business${t}11
requests.new.research${t}12
other.text${t}甲" ]
ok "a file with a byte order mark and CRLF"
printf '\357\273\277# 注\r\n' >"$dir/bom.tsv" && run 0 set 1 --from "$dir/bom.tsv"
ok "a mark before a comment"
printf '\357\273\277other.text\t乙' | run 0 set 1 --from - && run 0 get 1 --text other.text && [ "$(cat "$dir/out")" = 乙 ]
ok "standard input with a mark and no end of line"
printf 'other.text\t丙\nother.fee_cases\t1\r2\n' >"$dir/cr.tsv" && run 2 set 1 --from "$dir/cr.tsv" && says "第 2 行" "$dir/cr.tsv" && run 0 get 1 --text other.text && [ "$(cat "$dir/out")" = 乙 ]
ok "a control character: its line is named, nothing changes"
run 0 set 1 meta.date=2026年1月20日 && run 0 get 1 meta.date && prints "${t}2026-01-20" && run 0 set 1 meta.date=2026-1-5 && run 0 get 1 --text meta.date && [ "$(cat "$dir/out")" = 2026-01-05 ]
ok "a day as it is written on paper"
printf 'a%s\n' "$(printf '没有制表符的一行%.0s' 1 2 3 4 5)" >"$dir/line.tsv" && run 2 set 1 --from "$dir/line.tsv" && says 没有制表符的一行 每行写：路径、制表符、内容
ok "a long line without a tab: the sentence is whole"

nl='
'
run 2 publish 1 --url "http://a${nl}b" && says --url 换行 && run 2 sign 1 核稿 --paper --by "甲${nl}乙" && says --by 换行 && run 2 export 1 "--format=te${nl}xt" && says --format 换行
ok "an option of one line has one, and is named"
run 2 publish 1 --docno "$(printf 'a\rb')" && says --docno 换行 && run 2 publish 1 --docno "$(printf 'a\tb')" && says --docno 控制字符
ok "so is one with a control character"
run 1 set 1 "requests.new.natural=8$(printf '\342\200\213')2" && says “82” 看不见 U+200B "第 2 个"
ok "a number with something that is not to be seen"

# ---- check of several ----
run 0 new --unit 青溪县民政局 --year 2025
ok "another report"
run 2 check 99 1 --format tsv && says 99 && [ "$(cut -f1 "$dir/out" | sort -u)" = 1 ]
ok "an unknown report is told once, the others are checked"
run 2 check 1 99 2 --format tsv && says 99 && [ "$(cut -f1 "$dir/out" | sort -u | tr '\n' ' ')" = "1 2 " ]
ok "in the middle"
run 2 check 1 99 --format tsv && says 99 && [ "$(cut -f1 "$dir/out" | sort -u)" = 1 ]
ok "at the end"
run 2 check x 2 0 --format json && [ "$(wc -l <"$dir/err")" = 2 ] && grep -q “x” "$dir/err" && grep -q “0” "$dir/err" &&
	/usr/bin/python3 -c 'import json, sys; assert [r["id"] for r in json.load(open(sys.argv[1]))] == [2]' "$dir/out"
ok "two that are no numbers: a sentence each"
echo x >"$dir/no.xml" && run 0 export 2 --format xml -o "$dir/yes.xml" && run 2 import "$dir/no.xml" "$dir/yes.xml" --year 2023 && says no.xml && prints 3
ok "import of several files tells each fault once, too"

"$n" check 1 99 2 --format tsv >"$dir/out" 2>&1
[ "$(cut -c1-7 "$dir/out" | sed 's/\(.\)	.*/\1/' | uniq | tr '\n' ' ')" = "1 nianbao 2 " ]
ok "in one file with the result an error stands where it happened"

# ---- texts that are nothing but figures ----
for text in '12件、' 'ａ1'; do
	printf 'overview.text\t%s\n' "$(yes "$text" | head -n 5000 | tr -d '\n')" >"$dir/dense.tsv" && run 0 set 2 --from "$dir/dense.tsv" &&
		timeout 2 "$n" check 2 --format tsv >"$dir/out" 2>"$dir/err" || [ $? = 1 ] || { missed=1; break; }
done
ok "5,000 figures in a sentence are judged at once"

# ---- history ----
run 0 history 1 requests.new.natural && prints 1234
ok "history of a cell"
run 0 history 1 requests.new.legal && [ ! -s "$dir/out" ]
ok "history of a cell that never changed"
run 2 history 1 nosuch && says nosuch && [ ! -s "$dir/out" ]
ok "history of no cell"

# ---- options ----
run 0 --db="$NIANBAO_DB" --as="$(id -un)" list && prints 青溪县教育局
ok "--db=FILE and --as=NAME"
run 2 --db="$dir/none.db" list && says "$dir/none.db"
ok "--db=FILE is the one that counts"
run 2 --db= list && says 草稿库
ok "--db= of nothing"
run 2 --nosuch=1 list && says --nosuch=1 && run 2 --ascii=1 list && says --ascii=1 && run 2 --db && says --db
ok "global options that are none"
run 0 list --year=2025 --unit=青溪县民政局 && [ "$(wc -l <"$dir/out")" = 1 ] && run 0 set 1 --from="$dir/bom.tsv" && run 2 check 1 --format=yaml && says yaml && run 2 set 1 --printed=1 && says --printed=1
ok "--option=value after the command"

# ---- the limit of a file's size ----
{ printf 'other.text\t'; head -c 300000 /dev/zero | tr '\0' x; } >"$dir/long.tsv" && run 0 set 2 --from "$dir/long.tsv"
(ulimit -f 100; exec "$n" export 2 --format text -o "$dir/big.txt" >"$dir/out" 2>"$dir/err"); [ $? = 2 ] && says "$dir/big.txt" && [ ! -e "$dir/big.txt" ]
ok "an export past it ends with a sentence, not with a signal"
(ulimit -f 1; exec "$n" set 1 overview.text="$(head -c 90000 /dev/zero | tr '\0' x)" >"$dir/out" 2>"$dir/err"); [ $? = 2 ] && says 草稿库
ok "a store past it"

# ---- what the system says is said in Chinese ----
chinese() { # no two English words in the sentence
	! grep -E '[a-z] [a-z]' "$dir/err"
}
run 2 export 2 --format text -o "$dir/none/x.txt" && says "$dir/none/x.txt" 没有这个文件或文件夹 && chinese
ok "no such folder"
run 2 set 1 --from "$dir" && says "$dir" 文件夹 && chinese
ok "a folder"
run 2 import "$dir/none.xml" && says "$dir/none.xml" 没有这个文件 && chinese
ok "no such file"
run 2 export 1 --format text -o "$dir/$(head -c 300 /dev/zero | tr '\0' x)" && says 太长 && chinese
ok "a name too long"
run 2 export 2 --format docx -o /dev/full && says 磁盘已满 && chinese
ok "a full disk"
run 2 --db "$dir/once.tsv/a.db" list && says 不是文件夹 && chinese
ok "a file for a folder"

# ---- one sentence, not the whole usage ----
run 2 new --unit '' --year 2025 && says 名称 && ! grep -q 用法 "$dir/err"
ok "a unit without a name"
run 2 comment 1 overview.text '' && says 空 && ! grep -q 用法 "$dir/err"
ok "a comment without words"
run 2 export --all --year 2025 --format text && says -o && ! grep -q 用法 "$dir/err" && run 2 check --all --year 2025 --feedback && says -o && ! grep -q 用法 "$dir/err"
ok "a year without a folder"
run 2 checklist ogi-2021 --format nope && says nope html && ! grep -q xlsx "$dir/err" && run 2 checklist ogi-2021 --format csv && says csv html
ok "a checklist in another format"
run 0 set 1 'overview.text=收到申请１2件，办结3件。' && run 1 explain-finding 1 Q10 overview.text '' && says 撤回
ok "nothing to withdraw"
for c in list check checklist; do
	"$n" $c --help
done >"$dir/out"
prints 写了情况说明的不算 "docx|text|html" "docx|flatopc|html"
ok "the help says what is so"

# ---- set --from: where the fault is ----
printf '# 注\nrequests.new.natural\t1\nrequests.new.business\tx\n' >"$dir/x.tsv" && run 1 set 1 --from "$dir/x.tsv" && says "$dir/x.tsv" "第 3 行"
ok "a value: file and line"
printf 'requests.new.natural\t1\n\nrequests.nosuch\t1\n' >"$dir/x.tsv" && run 2 set 1 --from "$dir/x.tsv" && says "$dir/x.tsv" "第 3 行"
ok "a path"
printf 'requests.new.total\t1\n' >"$dir/x.tsv" && run 1 set 1 --from "$dir/x.tsv" && says "$dir/x.tsv" "第 1 行"
ok "a sum"

# ---- too long ----
long=$(printf '长%.0s' $(seq 101))
run 0 set 1 "meta.title=$long" && says meta.title 101 100 N19 && run 0 set 1 meta.title= && [ ! -s "$dir/err" ]
ok "a text over its limit is kept and told"

# ---- characters that nobody sees ----
seen=$(printf '甲\342\200\213乙\342\200\256丙\342\200\250丁')
run 0 set 1 "overview.text=$seen" && { "$n" check 1 --format tsv >"$dir/out"; prints Q12 U+200B U+202E U+2028; }
ok "are found"
run 0 get 1 --text overview.text && [ "$(cat "$dir/out")" = "$seen" ]
ok "are what was written"
cat >"$dir/pseudo.py" <<'P'
import os, pty, sys
out = []
def read(fd):
    out.append(os.read(fd, 65536)); return out[-1]
pty.spawn(sys.argv[1:], read)
P
raw() { LC_ALL=C grep -qE "$(printf '\342\200[\213\256\250]')" "$1"; }
for words in "get 1 --text overview.text" "get 1" "check 1" "export 1 --format text -o -"; do
	/usr/bin/python3 "$dir/pseudo.py" "$n" $words >"$dir/out" </dev/null 2>&1; grep -q 甲乙丙 "$dir/out" || [ "$words" = "check 1" ] && ! raw "$dir/out"
	ok "$words: not on a terminal"
done
run 0 set 1 'overview.text==HYPERLINK("http://example.invalid")' 'other.text=-1' && run 0 export 1 --format csv -o - && prints "\"'=HYPERLINK" "'-1"
ok "what a spreadsheet would take for a formula is marked as text"

# ---- files ----
mkdir "$dir/real" && ln -s real/new.txt "$dir/link.txt" && run 0 export 1 --format text -o "$dir/link.txt" && [ -L "$dir/link.txt" ] && [ -s "$dir/real/new.txt" ]
ok "a link to nothing yet stays one"
ln -s b "$dir/a" && ln -s a "$dir/b" && run 2 export 1 --format text -o "$dir/a" && says "$dir/a" && [ -L "$dir/a" ]
ok "links in a circle"
run 2 export 1 --format text -o "$dir/none/x.txt" && says "$dir/none/x.txt" 文件夹 && ! grep -q 原有 "$dir/err" && run 2 export 1 --format text -o "$dir/real/" && says 文件夹 && ! grep -q 原有 "$dir/err"
ok "a folder that is not there, a folder"
"$n" export 1 --format text -o - >&- 2>"$dir/err"; [ $? = 2 ] && says 关闭 && ! grep -q 系统错误 "$dir/err"
ok "a closed output"
echo hello >"$dir/bin" && run 2 restore "$dir/nofile" && says "$dir/nofile" 备份 && run 2 restore "$dir/bin" && says "$dir/bin" 不是备份
ok "restore from nothing, from something else"

# ---- at the same instant ----
for i in 1 2 3 4 5 6 7 8; do
	"$n" set 1 "other.text=第$i" 2>>"$dir/many" || echo failed >>"$dir/many" &
done
wait
[ ! -s "$dir/many" ]
ok "a lock of a moment is waited for"
done_testing
