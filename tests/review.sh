#!/bin/sh
# A report's way through the states, on the command line.
. "${srcdir:-.}/tests/lib.sh"
t=$(printf '\t')
run 0 new --unit 青溪县人民政府 --year 2024 && run 0 set 1 --from "$src/demo/2024.tsv" && run 0 check 1
ok "last year's report of the demo has no hard finding"
cut -f3 "$dir/out" >/dev/null
run 0 user add 张 clerk && run 0 user add 李 supervisor
ok "two users"
n_as() { who=$1; shift; "$n" --as "$who" "$@"; }
run 0 --as 张 submit 1 && run 0 --as 张 list && prints submitted
ok "submit"
run 1 --as 张 set 1 requests.new.natural=1 && says 待审
ok "a submitted report is locked and says so"
run 1 --as 张 approve 1
ok "a clerk does not approve"
run 1 --as 李 return 1 && says 原因
ok "return wants a reason"
run 0 --as 李 return 1 --reason 请核对第五行 requests.refused_internal.natural && run 0 --as 李 comment 1 && prints requests.refused_internal.natural
ok "return with a cell leaves a comment there"
number=$(cut -f1 "$dir/out" | head -n 1)
run 0 --as 张 comment 1 --answer "$number" 已核对台账 && run 0 --as 李 comment 1 --resolve "$number" && run 0 comment 1 --as 2>/dev/null
run 0 --as 李 comment 1 && prints 已核对台账 已解决
ok "answer and resolve"
run 0 --as 张 set 1 'problems.text=一是培训不够。二是平台检索不便。改进：明年举办两次培训，改版检索。' && run 0 --as 张 submit 1
ok "re-submitted"
run 1 --as 李 approve 1 && says 核稿
ok "approve names the missing sign-off steps"
"$n" --as 李 config get signoff.steps | sed 's/；/\n/g' >"$dir/steps"
while read -r step; do
	"$n" --as 李 sign 1 "$step" --by 某领导 --paper || echo "# $step"
done <"$dir/steps"
said=$(printf '各项数据前后一致，同意报送。%.0s' $(seq 60))
run 0 --as 李 sign 1 "$(tail -n 1 "$dir/steps")" --by 某领导 --paper --opinion "$said" && run 0 --as 李 export 1 --format flatopc --sheet-only -o - &&
	sed 's/<w:p>/\n&/g' "$dir/out" >"$dir/paragraphs" && grep "各项数据" "$dir/paragraphs" | grep -q '<w:keepLines w:val="0"/>' && ! grep "各项数据" "$dir/paragraphs" | grep -q "时间" &&
	[ "$(grep -c '<w:pStyle w:val="Line"/><w:keepNext/>.*>\(主要负责人签发\|数据摘要\|盖章\)<' "$dir/paragraphs")" = 3 ] && ! grep -q '"Line"/><w:keepNext/>.*>拟稿<' "$dir/paragraphs"
ok "a long opinion flows over the page, signature and seal stay whole"
run 0 --as 李 approve 1 && run 0 --as 李 list && prints approved
ok "signed on paper, approved"
run 1 --as 张 set 1 requests.new.natural=1 && run 1 --as 李 reopen 1
ok "approved is locked; reopening wants a reason"
run 0 --as 李 publish 1 --date 2025-01-20 --url http://example.invalid/1 --index 001 --docno 青政办〔2025〕1号 && run 0 --as 李 show 1
ok "published"
run 0 --as 李 export 1 --format text --sheet-only -o - && prints 公开时间 2025-01-20 && ! grep -q 第1稿） "$dir/out"
ok "the sheet of what was published"
run 0 --as 李 reopen 1 --reason 数字有误 && run 0 --as 李 show 1 && prints "2025-01-20${t}http://example.invalid/1${t}001${t}青政办〔2025〕1号${t}第 1 版" "第 2 版" &&
	run 0 --as 李 export 1 --format text --sheet-only -o - && prints "2025-01-20（第1稿）" 第2稿
ok "reopened, the old publication is told with its version"
run 0 --as 李 list && run 0 --as 张 set 1 'other.text=补充说明。' && run 0 --as 张 submit 1 && run 1 --as 李 approve 1 && says 核稿
ok "a changed cell voids the signatures"
run 0 --as 李 history 1 && prints 数字有误 return approve publish reopen
ok "everything is in the history"
# a soft finding wants an explanation, for these very numbers
run 0 --as 李 return 1 --reason 再看 && run 0 --as 张 set 1 requests.carried_in.natural=9
"$n" --as 张 check 1 --format tsv >"$dir/out"

# ---- who signs, what is registered ----
run 0 new --unit 白石县人民政府 --year 2024 && id=$(cat "$dir/out") && run 0 --as 张 set "$id" --from "$src/demo/2024.tsv" && run 0 --as 张 explain-finding "$id" Q3 - 县名待改 && run 0 --as 张 submit "$id"
first=$(head -n 1 "$dir/steps")
run 1 --as 李 sign "$id" "$first" --by 王 && says 李 王 --paper && run 0 --as 李 show "$id" && ! grep -q '^审签' "$dir/out"
ok "who is not signed in does not sign in person"
run 0 --as 李 sign "$id" "$first" --by 李 && run 0 --as 李 show "$id" && prints 本人审签
ok "who is signed in does"
while read -r step; do
	"$n" --as 李 sign "$id" "$step" --by 王 --paper
done <"$dir/steps"
run 0 --as 李 approve "$id" && for bad in javascript:x http:// ftp://a.cn/ www.example.invalid; do
	run 2 --as 李 publish "$id" --date 2025-01-20 --url "$bad" && says "$bad" https:// || echo "# $bad"
done >"$dir/bad"
[ ! -s "$dir/bad" ] && run 0 --as 李 list && prints approved
ok "an address that is none"
run 0 --as 李 publish "$id" --date 2025-01-20 --url HTTPS://example.invalid/a
ok "one that is"

# ---- the version that came with a file ----
run 0 new --unit 乌石县人民政府 --year 2024 && id=$(cat "$dir/out") && run 0 set "$id" --from "$src/demo/2024.tsv" && run 0 --as 张 explain-finding "$id" Q3 - 县名待改 && run 0 --as 张 submit "$id"
while read -r step; do
	"$n" --as 李 sign "$id" "$step" --by 王 --paper
done <"$dir/steps"
run 0 --as 李 approve "$id" && run 0 --as 李 reopen "$id" --reason 有误 && run 1 --as 张 discard "$id" --reason 建错 && says "第 1 版"
ok "what was approved here is not discarded"
run 0 --as 张 export "$id" --format xml -o "$dir/v2.xml" && run 0 --db "$dir/b.db" new --unit 乌石县人民政府 --year 2024 && run 0 --db "$dir/b.db" import "$dir/v2.xml" --into 1 && run 0 --db "$dir/b.db" show 1 && prints "第 2 版" &&
	run 0 --db "$dir/b.db" discard 1 --reason 导入错了
ok "a second version that only came with a file is"
done_testing
