#!/bin/sh
# What an import makes of a report that had come far: of this unit and year, of
# another one.
. "${srcdir:-.}/tests/lib.sh"
t=$(printf '\t')
run 0 new --unit 青溪县人民政府 --year 2024 && run 0 set 1 --from "$src/demo/2024.tsv" && run 0 user add 张 clerk && run 0 user add 李 supervisor && run 0 --as 张 comment 1 overview.text 请核对 && run 0 --as 张 submit 1
ok "a report that was sent"
"$n" --as 李 config get signoff.steps | sed 's/；/\n/g' >"$dir/steps"
while read -r step; do
	"$n" --as 李 sign 1 "$step" --by 某领导 --paper || echo "# $step"
done <"$dir/steps"
run 0 --as 李 approve 1 && run 0 --as 李 publish 1 --date 2025-01-20 --url https://example.invalid/1 && run 0 --as 李 export 1 --format xml -o "$dir/one.xml"
ok "approved, published, exported"
there() { NIANBAO_DB="$dir/b.db" run "$@"; }
there 0 user add 李 supervisor && there 0 --as 李 import "$dir/one.xml" && there 0 --as 李 list && prints published
ok "as the report it is it comes as it is"
draft_of() { # it is a draft, nothing else came, and the result said so
	prints 另一份报告 按起草收下 && id=$(tail -n 1 "$dir/out") && there 0 --as 李 show "$id" && prints "状态${t}起草${t}第 1 版" && ! grep -qE "^(审签|公布|批注)$t" "$dir/out"
}
there 0 --as 李 import "$dir/one.xml" --unit 另一市人民政府 && draft_of
ok "under another unit it is a draft without sign-offs"
there 0 --as 李 import "$dir/one.xml" --year 2023 && draft_of
ok "under another year, too"
there 0 --as 李 import "$dir/one.xml" --unit 青溪县人民政府 --year 2024 --dry-run --into 1 && ! grep -q 另一份 "$dir/out"
ok "its own unit and year are no other ones"
there 0 --as 李 unit set 青溪县人民政府 aliases=青溪县政府 && there 1 --as 李 import "$dir/one.xml" --unit 青溪县政府 && says 1
ok "nor is another name of it"
NIANBAO_DB="$dir/c.db" run 0 import "$dir/one.xml" --dry-run --unit 另一市人民政府 && prints 按起草收下
ok "a dry run says so, too"

long=$(printf '局%.0s' $(seq 130))
for name in "$long" "甲$(printf '\342\200\256')局" "甲
局"; do
	for dry in --dry-run ""; do
		NIANBAO_DB="$dir/f.db" run 2 import "$dir/one.xml" --unit "$name" $dry || echo "# taken: $name $dry" >>"$dir/taken"
	done
done
[ ! -s "$dir/taken" ] && NIANBAO_DB="$dir/f.db" run 0 list && [ ! -s "$dir/out" ]
ok "a dry run refuses what an import does: a name of a unit"
sed 's/ state="published"/ state="draft"/' "$dir/one.xml" >"$dir/open.xml" && there 1 import "$dir/open.xml" --dry-run --into 1 && says 核准 && there 1 import "$dir/open.xml" --into 1
ok "and what was approved"
sed '/<signoff/,/<\/signoff>/d' "$dir/one.xml" >"$dir/unsigned.xml" && NIANBAO_DB="$dir/f.db" run 0 import "$dir/unsigned.xml" --dry-run && prints 收下 && NIANBAO_DB="$dir/f.db" run 0 list && [ ! -s "$dir/out" ] && NIANBAO_DB="$dir/f.db" run 0 history 0 && ! prints 青溪 >/dev/null
ok "it says what will become of the state, and leaves nothing"

# ---- years ----
sed 's/ year="2024"/ year="1900"/' "$dir/one.xml" >"$dir/old.xml" && NIANBAO_DB="$dir/d.db" run 2 import "$dir/old.xml" && says 1900 1949 && NIANBAO_DB="$dir/d.db" run 0 list && [ ! -s "$dir/out" ]
ok "a year that new refuses is refused in a file"
NIANBAO_DB="$dir/d.db" run 0 import "$dir/old.xml" --year 1949 && prints 另一份
ok "and can be said in its place"
sed 's/<cells>/<cells><nosuch\/>/' "$dir/one.xml" >"$dir/bad.xml" && NIANBAO_DB="$dir/d.db" run 2 import "$dir/bad.xml" && says nosuch && ! grep -qE '[a-z]+ [a-z]+ [a-z]+' "$dir/err"
ok "a file against the schema: the sentence has no English in it"

# ---- counted as it is taken ----
NIANBAO_DB="$dir/e.db" run 0 user add 李 supervisor && NIANBAO_DB="$dir/e.db" run 0 --as 李 import "$dir/unsigned.xml" && prints 待审核 &&
	NIANBAO_DB="$dir/e.db" "$n" list >"$dir/list" && grep -q submitted "$dir/list" && NIANBAO_DB="$dir/e.db" run 0 doctor && NIANBAO_DB="$dir/e.db" run 0 list && cmp "$dir/out" "$dir/list"
ok "what is taken for less than it says is counted as that"

# ---- the approved version of a report that was opened again ----
run 0 --as 李 reopen 1 --reason 有误 && run 0 --as 李 show 1 && prints "第 2 版" && run 0 --as 李 show 1 --approved && prints "第 1 版" && run 0 --as 李 export 1 --approved --format xml -o - && prints 'version="1"'
ok "--approved says the version that was approved"
run 0 --as 张 set 1 overview.text=改过的文字 && run 0 --as 李 show 1 && grep -q "^重新打开以来的改动${t}overview.text" "$dir/out" && ! grep -q 退回 "$dir/out"
ok "what changed since it was opened again is not called since the return"
done_testing
