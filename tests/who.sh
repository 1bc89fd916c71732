#!/bin/sh
# Who may change what belongs to everybody, and that it is recorded.
. "${srcdir:-.}/tests/lib.sh"
t=$(printf '\t')
me=$(id -un)
run 0 new --unit 青溪县教育局 --year 2025 && run 0 config set enter right && run 0 unit set 青溪县教育局 code=1
ok "with no users everybody does everything"
run 0 user add 张 clerk && run 0 user add 李 supervisor && run 0 backup "$dir/b.db"
ok "users"
printf '青溪县民政局\n' >"$dir/u.tsv"
while read -r words; do
	run 1 --as 张 $words && says 审核人 张
	ok "a clerk may not $words"
done <<W
config set enter down
unit add 青溪县水利局
unit set 青溪县教育局 code=2
unit import $dir/u.tsv
user add 张 supervisor
restore $dir/b.db
W
[ "$("$n" config get enter)" = right ] && run 0 --as 张 unit list && [ "$(wc -l <"$dir/out")" = 1 ] && prints code=1 && run 0 --as 张 config get enter && run 0 --as 张 user list
ok "nothing changed; a clerk may look"
! run 0 --as 王 restore "$dir/b.db" && says 王
ok "restore asks who it is"
run 0 --as 张 new --unit 青溪县林业局 --year 2025
ok "a clerk may write a report of a new unit"
run 0 --as 李 config set enter down && run 0 --as 李 config set enter down && run 0 --as 李 unit set 青溪县教育局 code=2 contact=甲 && run 0 --as 李 unit import "$dir/u.tsv"
ok "a supervisor may"
run 0 --as 李 history 0 && grep -qE "${t}$me${t}config${t}enter${t}down${t}right${t}" "$dir/out" && [ "$(grep -c "${t}李${t}config${t}enter${t}right${t}down${t}" "$dir/out")" = 1 ]
ok "settings: old and new value, once"
grep -q "${t}李${t}unit${t}青溪县教育局${t}code=1\\\\ncontact=${t}code=2\\\\ncontact=甲${t}" "$dir/out" && grep -q "${t}李${t}unit${t}青溪县民政局${t}${t}kind=department${t}" "$dir/out" && grep -q "${t}张${t}unit${t}青溪县林业局" "$dir/out"
ok "units: what changed"
run 0 history 0 青溪县教育局 && [ "$(wc -l <"$dir/out")" = 3 ] && run 2 history 0 nosuch && says nosuch
ok "history 0 of one of them"
run 0 doctor && prints 好
ok "the chain holds"
run 0 --as 李 restore "$dir/b.db" && run 0 unit list && [ "$(wc -l <"$dir/out")" = 1 ]
ok "a supervisor restores"
echo hello >"$NIANBAO_DB" && run 0 restore "$dir/b.db" && run 0 list
ok "what is no store any more can be restored by anybody who may write"

# ---- sign-off steps ----
run 0 config set signoff.steps '核稿；复核;签发；' && run 0 config get signoff.steps
ok "steps"
for bad in '' '；' '核稿；；签发' '；核稿' '核稿；签发；核稿' '核稿； 核稿 ' "$(printf '核\n稿')"; do
	"$n" config set signoff.steps "$bad" >"$dir/out" 2>"$dir/err"
	[ $? = 2 ] && says signoff.steps && [ "$("$n" config get signoff.steps)" = '核稿；复核;签发；' ]
	ok "steps: $(echo "$bad" | tr '\n' ' ') is refused"
done
for bad in 盖章 '签发；盖章' '签发；签发' '；签发'; do
	run 2 config set signoff.required "$bad" && says signoff.required && [ -z "$("$n" config get signoff.required)" ]
	ok "required: $bad is refused"
done
run 0 config set signoff.required '签发; 核稿' && run 1 config set signoff.steps '核稿；复核' && says 签发 signoff.required && [ "$("$n" config get signoff.steps)" = '核稿；复核;签发；' ]
ok "a required step does not vanish"
run 0 config set signoff.steps '签发；核稿；盖章' && run 0 config set signoff.required '' && run 0 config set signoff.steps 盖章
ok "others may, and all when none is named"
done_testing
