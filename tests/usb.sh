#!/bin/sh
# Two offices, two stores, one stick: the clerk's and the supervisor's.
. "${srcdir:-.}/tests/lib.sh"
there() { NIANBAO_DB="$dir/b.db" run "$@"; }
state() { # STORE WORD
	NIANBAO_DB="$1" "$n" list >"$dir/out" 2>"$dir/err" && grep -q "	$2	" "$dir/out"
}
sends() { NIANBAO_DB="$1" run 0 export 1 --format xml -o "$2"; }
a=$NIANBAO_DB b=$dir/b.db

run 0 new --unit 青溪县人民政府 --year 2024 && run 0 set 1 --from "$src/demo/2024.tsv" && run 0 submit 1 && sends "$a" "$dir/1.xml"
ok "the clerk submits and sends"
there 0 user add 李 supervisor && there 0 --as 李 import "$dir/1.xml" && state "$b" submitted
ok "a supervisor, who is no clerk, brings it in as submitted"
there 0 --as 李 return 1 --reason '第一，核对
第二，补充' requests.new.natural && sends "$b" "$dir/2.xml"
run 0 import "$dir/2.xml" --into 1 && state "$a" returned && run 0 show 1 && prints 第一，核对 退回点名
ok "the return comes back with reason and cell"
there 1 --as 李 import "$dir/1.xml" --into 1 && says 退回以前
ok "the file from before the return is refused"
number=$("$n" comment 1 | head -n 1 | cut -f1)
run 0 comment 1 --answer "$number" 已核对 && run 0 set 1 'other.text=补充一句。' && run 0 submit 1 && sends "$a" "$dir/3.xml"
there 0 --as 李 import "$dir/3.xml" --into 1 && prints '~ other.text' && state "$b" submitted
there 0 --as 李 comment 1 && prints 已核对
ok "answer and change come to the supervisor"
there 0 --as 李 show 1 && prints 退回以来的改动 补充一句
ok "who sees what has changed since the return"
"$n" config get signoff.steps | sed 's/；/\n/g' >"$dir/steps"
first=$(sed -n 1p "$dir/steps") second=$(sed -n 2p "$dir/steps")
there 1 --as 李 sign 1 "$second" --by 某人 --paper && says "$first"
ok "steps are signed in order"
there 2 --as 李 sign 1 "$first" --by 某人 --paper --result 原则同意 && says 同意
ok "a result is one of two"
while read -r step; do
	NIANBAO_DB=$b "$n" --as 李 sign 1 "$step" --by 某领导 --paper || echo "# $step"
done <"$dir/steps"
there 0 --as 李 approve 1 && there 0 --as 李 publish 1 --date 2025-01-20 && there 0 --as 李 publish 1 --url http://example.invalid/ && there 0 --as 李 show 1 && prints "2025-01-20	http://example.invalid/"
ok "approved, published, the address added later"
sends "$b" "$dir/4.xml" && run 0 import "$dir/4.xml" --into 1 && state "$a" published
ok "and so it stands at the clerk's, who has every role there"
sed 's/ state="draft"/ state="published"/' "$dir/3.xml" | sed 's/ state="submitted"/ state="published"/; s/<course /&published_on="2025-01-20" /' >"$dir/forged.xml"
NIANBAO_DB=$dir/c.db run 0 user add 王 clerk && NIANBAO_DB=$dir/c.db run 0 --as 王 import "$dir/forged.xml" && state "$dir/c.db" submitted
ok "a clerk cannot publish by a forged file"
there 0 --as 李 reopen 1 --reason 补一句 && there 0 --as 李 user add 张 clerk && there 0 --as 张 set 1 'other.text=第二版。' && there 0 --as 张 get 1 other.text --approved && prints 补充一句 && there 0 --as 张 export 1 --format text -o - --approved && prints 补充一句 && ! grep -q 草稿 "$dir/out"
ok "the approved version stays readable"
there 0 --as 李 history 1 && prints comment answer
ok "comments and answers are in the history"
done_testing
